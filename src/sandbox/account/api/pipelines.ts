import { callerOf } from './caller.js';
import { selfLink, sendAll, sendHal, sendNothing } from './hal.js';
import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../context.js';
import type { Pipeline, Status } from '../state.js';

interface ById {
  Params: { id: string };
}

/** Pipelines, their stages and loss reasons (`platform/server.md §5.12`). */
export function pipelines(app: FastifyInstance, context: AccountContext): void {
  const statusView = (status: Status) => ({
    ...status,
    account_id: context.account.id,
    _links: selfLink(context, `/leads/pipelines/${status.pipeline_id}/statuses/${status.id}`),
  });
  const view = ({ statuses, ...pipeline }: Pipeline) => ({
    ...pipeline,
    account_id: context.account.id,
    _links: selfLink(context, `/leads/pipelines/${pipeline.id}`),
    _embedded: { statuses: statuses.map(statusView) },
  });
  const find = (id: string) => context.account.pipelines.get(Number(id));

  app.get('/leads/pipelines', (request, reply) => {
    callerOf(request);
    sendAll(context, request, reply, 'pipelines', [...context.account.pipelines.values()].map(view));
  });

  app.get<ById>('/leads/pipelines/:id(^\\d+$)', (request, reply) => {
    callerOf(request);
    const pipeline = find(request.params.id);
    if (pipeline) sendHal(reply, view(pipeline));
    else sendNothing(reply);
  });

  app.get<ById>('/leads/pipelines/:id(^\\d+$)/statuses', (request, reply) => {
    callerOf(request);
    const statuses = find(request.params.id)?.statuses ?? [];
    sendAll(context, request, reply, 'statuses', statuses.map(statusView));
  });

  app.get<{ Params: { id: string; status: string } }>(
    '/leads/pipelines/:id(^\\d+$)/statuses/:status(^\\d+$)',
    (request, reply) => {
      callerOf(request);
      const { id, status: statusId } = request.params;
      const status = find(id)?.statuses.find((one) => one.id === Number(statusId));
      if (status) sendHal(reply, statusView(status));
      else sendNothing(reply);
    },
  );

  app.get('/leads/loss_reasons', (request, reply) => {
    callerOf(request);
    const all = context.account.loss_reasons.map((reason) => ({
      ...reason,
      _links: selfLink(context, `/leads/loss_reasons/${reason.id}`),
    }));
    sendAll(context, request, reply, 'loss_reasons', all);
  });
}
