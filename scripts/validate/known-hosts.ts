/** Hosts of one's own machine and network, of examples and tests: RFC 1918, RFC 2606 and RFC 6761. */
const unreachable = [
  /^(?:127|10)(?:\.\d{1,3}){3}$/,
  /^(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}$/,
  /^(?:0\.0\.0\.0|\[::1\])$/,
  /^(?:[\w-]+\.)*(?:localhost|local|test|example|invalid)$/i,
  /^(?:[\w-]+\.)*example\.(?:com|net|org)$/i,
];

/** Tunnels to a machine of one's own, and what records requests for whoever looks. */
const passing = [
  /^(?:[\w-]+\.)+(?:ngrok\.(?:io|app|dev)|ngrok-free\.(?:app|dev)|loca\.lt|localtunnel\.me)$/i,
  /^(?:[\w-]+\.)+(?:trycloudflare\.com|serveo\.net|lhr\.life|tunnelmole\.com|devtunnels\.ms)$/i,
  /^(?:[\w-]+\.)*(?:webhook\.site|beeceptor\.com|requestbin\.com|requestcatcher\.com)$/i,
];

const stores = new Set([
  'code.jquery.com',
  'ajax.googleapis.com',
  'fonts.googleapis.com',
  'fonts.gstatic.com',
  'ajax.aspnetcdn.com',
  'ajax.microsoft.com',
]);

/** Whether a host is one that only its author can reach, or only for a while. */
export function isDevelopmentHost(host: string): boolean {
  return [...unreachable, ...passing].some((pattern) => pattern.test(host));
}

/** Whether a host is a public store of libraries that Kommo's checklist excepts: `platform/widget.md §8`, rule 17. */
export function isPublicStore(host: string): boolean {
  return stores.has(host.toLowerCase());
}
