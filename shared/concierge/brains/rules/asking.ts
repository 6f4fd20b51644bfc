import { getServiceInfo } from '../../tools/information.ts';
import { liveProposal } from '../../turn-state.ts';
import { askService, continueBooking } from './booking.ts';
import { inform, listMine } from './informing.ts';
import { has, paragraphs, quiet, type Scene } from './scene.ts';
import { withReminder } from './talking.ts';

/** Steps that answer what the customer asks, and go on with what was under way. */

/** "What have I booked?" */
export async function theirBookings(scene: Scene) {
    return has(scene, 'list') && !has(scene, 'availability')
        ? withReminder(scene, await listMine(scene))
        : undefined;
}

/** A question of fact; what is under way goes on after the answer. */
export async function aQuestion(scene: Scene) {
    const { turn, reading, phrases } = scene;
    const answer = await inform(scene);
    if (answer === undefined) return undefined;
    if (liveProposal(turn)) return withReminder(scene, answer);
    const { when, services } = reading;
    const wishes = has(scene, 'prices') && (when.date ?? when.time) && (services[0] ?? turn.draft.service_id);
    if (wishes) return paragraphs(answer, await continueBooking(scene));
    if (has(scene, 'services')) {
        await getServiceInfo.run({ service: null }, turn);
        turn.draft = { ...turn.draft, asked: 'service' };
        return paragraphs(answer, phrases.askService);
    }
    return paragraphs(answer, await backToTheirQuestion(scene));
}

/** After an answer: what was asked before, or an invitation to go on. */
async function backToTheirQuestion(scene: Scene): Promise<string> {
    const { turn, reading, phrases } = scene;
    switch (turn.draft.asked) {
        case 'name':
            return phrases.askName;
        case 'service':
            return askService(quiet(scene));
        case 'time':
            return continueBooking(quiet(scene));
        default: {
            const [service, ...others] = reading.services;
            if (!service || others.length > 0) return turn.draft.service_id ? phrases.invite : '';
            turn.draft = { ...turn.draft, service_id: service.id, asked: 'day' };
            return phrases.invite;
        }
    }
}
