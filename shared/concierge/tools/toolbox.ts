import { z } from 'zod';
import type { Turn } from '../turn-state.ts';
import { cancelBooking, rescheduleBooking } from './changing.ts';
import { confirmBooking } from './consent.ts';
import { reportEmergency } from './emergencies.ts';
import { getServiceInfo, listBookings } from './information.ts';
import { handOff, rememberCustomer } from './people.ts';
import { proposeBooking } from './proposing.ts';
import { findTimes } from './times.ts';
import { failure, type Tool } from './tool.ts';

/** Everything a brain can do, in the order in which a model reads it. */
export const tools: readonly Tool[] = [
    findTimes,
    proposeBooking,
    confirmBooking,
    rescheduleBooking,
    cancelBooking,
    listBookings,
    getServiceInfo,
    rememberCustomer,
    handOff,
    reportEmergency,
];

/**
 * Runs a tool as a model asks for it, by name and with arguments as JSON text. Whatever is wrong with the asking
 * comes back as a value to learn from; only a failing desk throws.
 */
export async function runTool(name: string, argumentsJson: string, turn: Turn): Promise<object> {
    const tool = tools.find((given) => given.name === name);
    if (!tool) {
        return failure(
            'unknown_tool',
            `There is no such tool. There are: ${tools.map((t) => t.name).join(', ')}.`,
        );
    }
    const args = tool.parameters.safeParse(readJson(argumentsJson));
    if (!args.success) return failure('bad_arguments', z.prettifyError(args.error));
    return tool.run(args.data, turn);
}

function readJson(text: string): unknown {
    try {
        return JSON.parse(text === '' ? '{}' : text);
    } catch {
        return undefined;
    }
}
