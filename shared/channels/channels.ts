import type { Env } from '../env.ts';
import type { Channel } from './channel.ts';
import { createWhatsApp } from './whatsapp/whatsapp.ts';

export type Channels = ReadonlyMap<string, Channel>;

/** Every channel the desk speaks, by the kind that `channels.kind` names. */
export function createChannels(env: Pick<Env, 'META_GRAPH_URL' | 'META_GRAPH_VERSION'>): Channels {
    const channels = [createWhatsApp({ graphUrl: env.META_GRAPH_URL, graphVersion: env.META_GRAPH_VERSION })];
    return new Map(channels.map((channel) => [channel.kind, channel]));
}
