import { settingsOf } from '../../settings.ts';
import { remindOfProposal } from '../../tools/consent.ts';
import { getServiceInfo } from '../../tools/information.ts';
import { handOff } from '../../tools/people.ts';
import { liveProposal } from '../../turn-state.ts';
import { askService } from './booking.ts';
import { has, type Scene, say } from './scene.ts';

/** Steps that are about the talk itself: people, greetings, what cannot be read or understood. */

/** Fetches a person who is asked for; says what this is when that is asked. */
export async function toAPerson(scene: Scene) {
    const { turn, phrases } = scene;
    const business = turn.context.business.name;
    if (has(scene, 'machine')) return phrases.machine(business);
    if (!has(scene, 'person')) return undefined;
    await giveToAPerson(scene, 'asked_for_a_person');
    return phrases.handedOff(business);
}

/** Takes back what is on the table and tells a person, in two lines, who wrote what. */
export async function giveToAPerson({ turn, reading }: Scene, reason: string) {
    const { customer } = turn.context;
    const summary = `${customer.name ?? 'A customer'} (${reason.replaceAll('_', ' ')}) wrote:\n${reading.text.replace(/\s+/g, ' ').slice(0, 300)}`;
    const open = liveProposal(turn);
    if (open || turn.context.offers.length > 0) turn.staged.decline(open?.id);
    turn.draft = {};
    await handOff.run({ reason, summary }, turn);
}

/** Thanks for what cannot be read, and asks for words. */
export async function somethingUnreadable(scene: Scene) {
    const { reading, phrases } = scene;
    if (reading.unreadable.length === 0) return undefined;
    return withReminder(scene, phrases.cannotRead(reading.unreadable));
}

/** The name to greet with, where the business wants that. */
export function greetedName({ context }: Scene['turn']): string | null {
    return settingsOf(context).personality.greets_by_name ? context.customer.name : null;
}

/** Greetings, thanks and farewells. */
export async function smallTalk(scene: Scene) {
    const { turn, phrases } = scene;
    const { business } = turn.context;
    if (has(scene, 'greet', 'help')) {
        const reminded = remindOfProposal(turn);
        if (!reminded) await getServiceInfo.run({ service: null }, turn);
        const hello = has(scene, 'greet') ? phrases.hello(greetedName(turn), business.name) : '';
        return say(hello, reminded ? '' : phrases.offerHelp);
    }
    if (has(scene, 'bye')) return phrases.goodbye(business.name);
    return has(scene, 'thanks') ? withReminder(scene, phrases.youAreWelcome) : undefined;
}

/** Says how to go on, twice; the third time in a row a person is asked to help. */
export async function notUnderstood(scene: Scene) {
    const { turn, phrases } = scene;
    const times = (turn.draft.misunderstood ?? 0) + 1;
    const [first, second] = phrases.notUnderstood;
    if (times > 2) {
        await giveToAPerson(scene, 'not_understood');
        return phrases.cannotHelp(turn.context.business.name);
    }
    turn.draft = { ...turn.draft, misunderstood: times };
    if (remindOfProposal(turn)) return phrases.pardon;
    if (turn.draft.asked === 'service') return say(times === 1 ? first : second, askService(scene));
    return times === 1 ? first : second;
}

/** Answers, and puts the open question back on the table. */
export function withReminder({ turn }: Scene, answer: string): string {
    remindOfProposal(turn);
    return answer;
}
