import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectionProof, ConnectionQuestion } from '../../contract/connections-api.js';
import type { NoteLanguage, Platform } from '../config.js';
import { sendHtml } from '../html-answer.js';
import { platformName } from './callback-page.js';
import { questionWords } from './question-words.js';

/** What is to be decided, in which words, and where the answer goes. */
export interface Question {
  readonly language: NoteLanguage;
  readonly platform: Platform;
  /** Title of the chat service. */
  readonly service: string;
  /** Path of our route. */
  readonly action: string;
  /** Of the form. */
  readonly token: string;
}

/** Milliseconds for which the page that has begun the sign-in may take to say so. */
const patience = 2000;

const types = {
  question: 'pipeline-messenger:connection-question' satisfies ConnectionQuestion['type'],
  proof: 'pipeline-messenger:connection-proof' satisfies ConnectionProof['type'],
};

/** What the page may do with the consent by itself: `ask` has us ask the person. */
const arrivalScript = `(function () {
  var asked = document.querySelector('main').dataset;
  var form = document.querySelector('form');
  var opener = window.opener;
  var isSent = false;
  function send(decision, proof) {
    if (isSent) return;
    isSent = true;
    form.elements.decision.value = decision;
    form.elements.proof.value = proof;
    form.submit();
  }
  history.replaceState(null, '', location.pathname);
  if (!opener || opener.closed) return send('ask', '');
  window.addEventListener('message', function (event) {
    if (event.source !== opener || event.origin !== asked.origin) return;
    var answer = event.data || {};
    if (answer.type !== '${types.proof}' || answer.attempt_id !== asked.attempt) return;
    send('proven', String(answer.proof));
  });
  try {
    opener.postMessage({ type: '${types.question}', attempt_id: asked.attempt }, asked.origin);
  } catch (error) {
    return send('ask', '');
  }
  setTimeout(send, ${patience}, 'ask', '');
})();`;

/** A second press would be answered with the end of the first. The buttons' value has to be sent before they are off. */
const questionScript = `document.querySelector('form').addEventListener('submit', function (event) {
  setTimeout(function () {
    event.target.querySelectorAll('button').forEach(function (button) { button.disabled = true; });
  });
});`;

/** The page right after the consent: it asks the page that has opened the window, and nobody else hears of it. */
export function sendArrival(
  request: FastifyRequest,
  reply: FastifyReply,
  { attemptId, origin, ...question }: Question & { readonly attemptId: string; readonly origin: string },
): FastifyReply {
  const { title, text, next } = wordsOf(question).arrival;
  return sendHtml(request, reply, {
    status: 200,
    page: {
      language: question.language,
      title,
      text,
      tone: 'neutral',
      form: {
        action: question.action,
        hidden: { token: question.token, decision: 'ask', proof: '' },
        buttons: [{ name: 'next', value: '1', label: next }],
        isSentByScript: true,
      },
      data: { attempt: attemptId, origin },
      script: arrivalScript,
    },
  });
}

/** Asks the person whether the account of the platform is to get their account at the service. */
export function sendQuestion(
  request: FastifyRequest,
  reply: FastifyReply,
  { account, ...question }: Question & { readonly account: { name: string | undefined; address: string } },
): FastifyReply {
  const words = wordsOf(question).question;
  const named = account.name === undefined ? [] : [{ name: words.account, value: account.name }];
  return sendHtml(request, reply, {
    status: 200,
    page: {
      language: question.language,
      title: words.title,
      text: words.text,
      tone: 'neutral',
      facts: [...named, { name: words.address, value: account.address }],
      form: {
        action: question.action,
        hidden: { token: question.token },
        buttons: [
          { name: 'decision', value: 'connect', label: words.connect },
          { name: 'decision', value: 'cancel', label: words.cancel },
        ],
      },
      script: questionScript,
    },
  });
}

type Filled<Words> = { readonly [Name in keyof Words]: string };

function wordsOf({ language, platform, service }: Question) {
  const filled = <Words extends object>(words: Words): Filled<Words> =>
    Object.fromEntries(
      Object.entries(words).map(([name, text]) => [
        name,
        String(text)
          .replaceAll('{platform}', platformName(platform))
          .replaceAll('{service}', () => service),
      ]),
    ) as Filled<Words>;
  const { arrival, question } = questionWords[language];
  return { arrival: filled(arrival), question: filled(question) };
}
