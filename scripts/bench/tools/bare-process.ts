import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Node alone can do: a server that gives everybody an answer of the size of a lead. Tells the parent where. */
const body = JSON.stringify({ id: 7001, name: 'x'.repeat(700) });
const server = createServer((_request, response) => {
  response.setHeader('Content-Type', 'application/hal+json').end(body);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}`, token: '' });
});
