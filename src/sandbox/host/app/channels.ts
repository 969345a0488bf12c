/** The channels of `listenSocketChannel` (`platform/widget.md §3.2`). */
export interface Channels {
  publish(channel: string, message: unknown): void;
  /** @param widget Whose subscription it is. Returns what ends it. */
  subscribe(widget: string, channel: string, listener: (message: unknown) => void): () => void;
  /** Channels that somebody listens to now. */
  readonly open: readonly string[];
  release(widget: string): void;
}

interface Subscription {
  readonly widget: string;
  readonly channel: string;
  readonly listener: (message: unknown) => void;
}

export function createChannels(): Channels {
  const subscriptions = new Set<Subscription>();
  return {
    publish(channel, message) {
      const name = normal(channel);
      for (const subscription of [...subscriptions]) {
        if (subscription.channel === name) subscription.listener(message);
      }
    },
    subscribe(widget, channel, listener) {
      const subscription = { widget, channel: normal(channel), listener };
      subscriptions.add(subscription);
      return () => {
        subscriptions.delete(subscription);
      };
    },
    get open() {
      return [...new Set([...subscriptions].map(({ channel }) => channel))];
    },
    release(widget) {
      for (const subscription of subscriptions) {
        if (subscription.widget === widget) subscriptions.delete(subscription);
      }
    },
  };
}

const plurals: Readonly<Record<string, string>> = {
  lead: 'leads',
  contact: 'contacts',
  company: 'companies',
  customer: 'customers',
};

/** How channels spell an entity is not documented: singular and plural mean the same here. */
function normal(channel: string): string {
  return channel.replace(/^[a-z]+/, (entity) => plurals[entity] ?? entity);
}
