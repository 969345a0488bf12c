import type { FastifyInstance } from 'fastify';
import { builtIn, builtInFiles } from './built-in.js';

/** `/media/<file name>`, for anybody. */
export function mediaRoutes(room: FastifyInstance): void {
  for (const [name, fileName] of Object.entries(builtInFiles)) {
    room.get(`/media/${fileName}`, (_request, reply) => {
      const { type, bytes } = builtIn(name as keyof typeof builtInFiles);
      return reply.type(type).header('X-Content-Type-Options', 'nosniff').send(bytes);
    });
  }
}
