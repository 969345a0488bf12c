import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../account/context.js';
import { addBot, startBot } from '../account/salesbot/run.js';
import { readSteps } from '../account/salesbot/steps.js';
import type { Account, Salesbot } from '../account/state.js';
import type { ChangeTeller } from './changes.js';
import { choiceOf, inputOf, textOf, wholeOf, type Input } from './input.js';
import { Refusal } from './room.js';

interface ById {
  Params: { id: string };
}

/** `/sandbox/bots`: what the bot designer keeps, and runs of a bot on an entity. */
export function bots(room: FastifyInstance, context: AccountContext, { changed }: ChangeTeller): void {
  const find = (id: string): Salesbot => {
    const bot = context.account.bots.get(Number(id));
    if (bot === undefined) throw new Refusal(404, `There is no bot ${id}.`);
    return bot;
  };
  const tell = (id: number): void => {
    changed({ event: 'bot_changed', type: null, id });
  };

  room.get('/sandbox/bots', (_request, reply) => reply.send([...context.account.bots.values()]));
  room.post('/sandbox/bots', ({ body }, reply) => {
    const bot = addBot(context, readBot(context.account, inputOf(body)));
    tell(bot.id);
    return reply.code(201).send(bot);
  });
  room.put<ById>('/sandbox/bots/:id', ({ params, body }, reply) => {
    const bot = Object.assign(find(params.id), readBot(context.account, inputOf(body)));
    tell(bot.id);
    return reply.send(bot);
  });
  room.delete<ById>('/sandbox/bots/:id', ({ params }, reply) => {
    const { id } = find(params.id);
    context.account.bots.delete(id);
    tell(id);
    return reply.code(204).send();
  });

  room.post<ById>('/sandbox/bots/:id/run', ({ params, body }, reply) => {
    const bot = find(params.id);
    const { run, settled } = startBot(context, bot, readTarget(context.account, inputOf(body)));
    tell(bot.id);
    void settled.then(() => {
      tell(bot.id);
    });
    return reply.code(201).send(run);
  });
  room.get<ById>('/sandbox/bots/:id/runs', ({ params }, reply) => {
    const { id } = find(params.id);
    const runs = [...context.account.bot_runs.values()].filter(({ bot_id }) => bot_id === id);
    return reply.send(runs.reverse());
  });
}

function readBot({ widgets }: Account, input: Input): Pick<Salesbot, 'name' | 'steps'> {
  const name = textOf(input, 'name');
  const read = readSteps(input['steps'], { isWidget: (code) => widgets.has(code) });
  if (!read.ok) throw new Refusal(400, read.problems.join(' '), { problems: read.problems });
  return { name, steps: read.steps };
}

function readTarget(account: Account, input: Input) {
  const entity_type = choiceOf(input, 'entity_type', ['leads', 'contacts', 'customers']);
  const entity_id = wholeOf(input, 'entity_id', { least: 1 });
  const entity = account[entity_type].get(entity_id);
  if (entity === undefined || entity.is_deleted) {
    throw new Refusal(400, `entity_id: there is no ${entity_id} among ${entity_type}.`);
  }
  return { entity_type, entity_id };
}
