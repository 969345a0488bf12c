import { describeShown, type Problem, type Rule } from '../../rule.js';
import type { AddressSpot, MarkupSpot } from '../../templates/markup.js';
import type { Template } from '../../templates/template.js';
import type { WidgetView } from '../../view.js';
import { quote } from '../../words.js';

/** The HTML of the templates. */
export const markupRules: readonly Rule[] = [
  {
    code: 'templates/script-tag',
    severity: { private: 'warning', public: 'error' },
    title: 'Templates hold no script elements.',
    source: 'platform/widget.md §8, rule 16',
    help: 'All code of a widget comes through define, where moderators can read it and the platform loads it once. A script element in a template runs each time it is drawn, or not at all. Put the code into a script of the archive.',
    check: (view) =>
      say(
        view,
        ({ markup }) => markup.scripts,
        ({ tag }) => ({
          message: 'The template holds a script element.',
          expected: 'code in the scripts of the archive',
          found: quote(tag),
        }),
      ),
  },
  {
    code: 'templates/external-url',
    severity: { private: 'notice', public: 'warning' },
    title: 'What templates load is in the archive.',
    source: 'platform/widget.md §8, rule 17',
    help: 'What another host serves can change after the moderation or disappear. Put the file into the archive and hand its address to the template: params.path and the name. Links that a user clicks are not meant.',
    check: (view) =>
      say(
        view,
        ({ markup }) =>
          markup.addresses.filter(
            ({ loads, address }) =>
              loads &&
              !address.isLocal &&
              !address.isPlain &&
              !(address.isPublicLibrary && view.situation.target === 'kommo'),
          ),
        ({ address, text }) => ({
          message: `The template loads a file from ${address.host}.`,
          expected: 'a file in the archive',
          found: quote(text),
        }),
      ),
  },
  {
    code: 'templates/mixed-content',
    severity: 'warning',
    title: 'Templates load nothing without encryption.',
    source: 'inferred from platform/widget.md §7: the page of an account is https; W3C Mixed Content',
    help: 'Accounts are opened by https, and there browsers load no frames and styles by http, and pictures only if the host has them by https as well. Write https://, or put the file into the archive. Links that a user clicks are not meant.',
    check: (view) =>
      say(
        view,
        ({ markup }) =>
          markup.addresses.filter(
            ({ loads, isFrame, address }) => (loads || isFrame) && address.isPlain && !address.isLocal,
          ),
        ({ address, text }) => ({
          message: `The template loads ${address.host} by http, which browsers block.`,
          expected: `https://${address.host}`,
          found: quote(text),
        }),
      ),
  },
  {
    code: 'templates/local-url',
    severity: { private: 'warning', public: 'error' },
    title: 'Templates name no host that only their author can reach.',
    source: 'platform/widget.md §8, rule 8',
    help: "The address is that of a development machine, where nobody's browser but the author's finds anything. Put in the address that users get to.",
    check: (view) =>
      say(
        view,
        ({ markup }) => markup.addresses.filter(({ address }) => address.isLocal),
        ({ address, text }) => ({
          message: `${address.host} is not there for the users of the widget.`,
          expected: 'an address that users get to',
          found: quote(text),
        }),
      ),
  },
];

function say<Spot extends MarkupSpot | AddressSpot>(
  view: WidgetView,
  read: (template: Template) => readonly Spot[],
  describe: (spot: Spot) => Pick<Problem, 'message' | 'expected' | 'found'>,
): Problem[] {
  const found = [...view.templates().values()].flatMap((template) =>
    read(template).map((spot) => ({ template, spot })),
  );
  return describeShown(found, ({ template, spot }) => ({
    ...describe(spot),
    file: template.file,
    ...template.at(spot.offset),
  }));
}
