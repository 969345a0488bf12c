import { BlockList, isIP } from 'node:net';

/** Whether the service at `origin` may reach `url`: an address of this machine or network only from one like it. */
export function isReachableFrom(origin: string, url: string): boolean {
  return isPublic(url) || !isPublic(origin);
}

function isPublic(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family === 0) return host.includes('.') && !/\.(localhost|local|internal|test)$/.test(host);
  return !privateAddresses().check(host, family === 4 ? 'ipv4' : 'ipv6');
}

function privateAddresses(): BlockList {
  const list = new BlockList();
  for (const [net, bits] of privateNets) list.addSubnet(net, bits, net.includes(':') ? 'ipv6' : 'ipv4');
  return list;
}

const privateNets: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
];
