import type { Env } from '../env.ts';
import type { Channel } from './channel.ts';
import { createWhatsApp } from './whatsapp/whatsapp.ts';

export type Channels = Readonly<Record<string, Channel | undefined>>;

/** Every channel the desk speaks, by the kind that `channels.kind` names. */
export function createChannels(env: Pick<Env, 'META_GRAPH_URL' | 'META_GRAPH_VERSION'>): Channels {
    return {
        whatsapp: createWhatsApp({ graphUrl: env.META_GRAPH_URL, graphVersion: env.META_GRAPH_VERSION }),
    };
}
