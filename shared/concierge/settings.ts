import { z } from 'zod';
import type { TurnContext } from '../desk/turn-types.ts';
import { emergencyKinds } from './emergencies/table.ts';

/**
 * What a business may set about its concierge, in `businesses.settings`. Every value has a default, and one that
 * cannot be read counts as not set: a slip in the settings never stops a turn.
 */

const flag = (value: boolean) => z.boolean().catch(value);
const line = (limit: number) => z.string().trim().min(1).max(limit);
const texts = z.record(z.string().regex(/^[a-z]{2}$/), line(1000));

export const brainNames = ['openai', 'compatible', 'rules'] as const;
export type BrainName = (typeof brainNames)[number];

/** A group of settings; when it is missing or no object, all of its defaults. */
function group<S extends z.ZodObject>(shape: S) {
    return z.preprocess((given) => (typeof given === 'object' && given !== null ? given : {}), shape);
}

const settings = z.object({
    personality: group(
        z.object({
            /** What the concierge calls itself; null has no name. */
            name: line(40).nullable().catch(null),
            /** Whether it says unasked that it is an assistant. Asked, it never denies it. */
            says_it_is_an_ai: flag(false),
            speaks_as: z.enum(['business', 'assistant']).catch('business'),
            tone: z.enum(['professional', 'friendly', 'casual']).catch('friendly'),
            /** Greets people who have booked before by their name. */
            greets_by_name: flag(true),
            /** The owner's own words to a model; rules cannot follow them. */
            instructions: line(1000).nullable().catch(null),
        }),
    ),
    abilities: group(
        z.object({
            book: flag(true),
            reschedule: flag(true),
            cancel: flag(true),
            answer_questions: flag(true),
        }),
    ),
    boundaries: group(
        z.object({
            /** Bookings and nothing else: every other topic goes to a person. */
            bookings_only: flag(false),
            share_prices: flag(true),
        }),
    ),
    /** Who thinks, in this order; null leaves it to the environment. Rules are always last. */
    brains: z.array(z.enum(brainNames)).nullable().catch(null),
    /** A model of its own, under the brain's name. */
    models: z.partialRecord(z.enum(brainNames), line(100)).catch({}),
    emergency: group(
        z.object({
            kinds: z.array(z.enum(emergencyKinds)).catch([...emergencyKinds]),
            phrases: z.array(line(200)).max(100).catch([]),
            /** The number to call, instead of the country's. */
            number: line(30).optional().catch(undefined),
            /** What is answered, by language, instead of the defaults. */
            texts: texts.catch({}),
        }),
    ),
});
export type Settings = z.output<typeof settings>;

export const defaultSettings: Settings = settings.parse({});

/** The settings of a business as its row holds them. */
export function settingsOf({ business }: Pick<TurnContext, 'business'>): Settings {
    const read = settings.safeParse(business.settings);
    return read.success ? read.data : defaultSettings;
}
