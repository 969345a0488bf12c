import { namesSubscriber } from './names.js';
import type { Subscriber } from './subscriber.js';

/** Everybody who works on general webhooks. */
export const subscribers: readonly Subscriber[] = [namesSubscriber];
