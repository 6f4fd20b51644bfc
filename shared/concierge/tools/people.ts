import { z } from 'zod';
import { cleanName } from './proposing.ts';
import { defineTool, failure, type ToolFailure } from './tool.ts';

export const rememberCustomer = defineTool({
    name: 'remember_customer',
    description: "Keeps the customer's name or language (two letters, e.g. de) once they have told it.",
    parameters: z.strictObject({ name: z.string().nullable(), language: z.string().nullable() }),

    async run(args, turn): Promise<{ remembered: true } | ToolFailure> {
        const name = cleanName(args.name);
        const language = args.language?.trim().toLowerCase();
        if (language && !/^[a-z]{2}$/.test(language)) {
            return failure('bad_language', 'A language is two letters, such as en or de.');
        }
        if (!name && !language) return failure('nothing_to_remember', 'Give a name or a language.');
        turn.staged.remember({ ...(name ? { name } : {}), ...(language ? { language } : {}) });
        if (language) turn.language = language;
        return { remembered: true };
    },
});

export const handOff = defineTool({
    name: 'hand_off',
    description:
        'Gives the conversation to a person of the business: when asked for one, or when you cannot help. Tell the customer that someone will write here.',
    parameters: z.strictObject({
        reason: z.string().describe('a few words'),
        summary: z.string().describe('two lines for that person'),
    }),

    async run({ reason, summary }, turn): Promise<{ handed_off: true }> {
        turn.staged.handOff(reason.trim().slice(0, 100) || 'asked', summary.trim().slice(0, 500));
        return { handed_off: true };
    },
});
