import { z } from 'zod';
import { answerEmergency } from '../answering-emergencies.ts';
import { emergencyKinds } from '../emergency.ts';
import { defineTool } from './tool.ts';

/** The net below the rules: what a model understands and no phrase caught. */
export const reportEmergency = defineTool({
    name: 'report_emergency',
    description:
        "Someone's life, health or property is in danger now: answers with the emergency text and fetches a person at once.",
    parameters: z.strictObject({
        kind: z.enum(emergencyKinds),
        summary: z.string().describe('two lines for that person'),
    }),

    async run({ kind, summary }, turn): Promise<{ reported: true; guidance: string }> {
        const told = `EMERGENCY (${kind}), as understood.\n${summary.replace(/\s+/g, ' ').trim().slice(0, 400)}`;
        answerEmergency(turn, { kind, language: turn.language }, told);
        return { reported: true, guidance: 'The emergency text is sent instead of yours. Stop here.' };
    },
});
