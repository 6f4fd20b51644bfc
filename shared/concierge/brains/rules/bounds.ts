import { mayDo, sharesPrices } from '../../abilities.ts';
import { isAngry } from '../../anger.ts';
import { knownAnswer } from '../../known-answers.ts';
import { settingsOf } from '../../settings.ts';
import { liveProposal } from '../../turn-state.ts';
import { has, openBookings, type Scene } from './scene.ts';
import { giveToAPerson, withReminder } from './talking.ts';

/** Steps that keep to what the business allows, and tell what it has written down. */

/** Hands over what the desk may not do, and whoever is angry: once, and saying so. */
export async function outOfBounds(scene: Scene) {
    const { turn, phrases } = scene;
    const reason = isAngry(scene.reading.text) ? 'angry' : forbidden(scene);
    if (!reason) return undefined;
    await giveToAPerson(scene, reason);
    return phrases.handedOff(turn.context.business.name);
}

function forbidden(scene: Scene): string | undefined {
    const { turn, reading, lexicon } = scene;
    // A no to what is on the table is always allowed.
    const takesBack = liveProposal(turn) !== undefined || lexicon.callOff.test(reading.text);
    const theirs = openBookings(turn).length > 0 && !takesBack;
    if (theirs && has(scene, 'cancel') && !mayDo('cancel', turn)) return 'cancelling_is_for_people';
    if (theirs && has(scene, 'reschedule') && !mayDo('reschedule', turn)) return 'moving_is_for_people';
    if (has(scene, 'prices') && !sharesPrices(turn)) return 'prices_are_for_people';
    const asks = has(scene, 'prices', 'services', 'hours', 'where');
    if (asks && !settingsOf(turn.context).abilities.answer_questions) return 'questions_are_for_people';
    const wishes = has(scene, 'book', 'availability') || reading.choice?.choice.kind === 'slot';
    const other = asks || has(scene, 'cancel', 'reschedule', 'list');
    return wishes && !other && !mayDo('book', turn) ? 'booking_is_for_people' : undefined;
}

/** The business's own answer, word for word, where one fits what was asked. */
export async function somethingKnown(scene: Scene) {
    const { turn, reading } = scene;
    const { abilities, boundaries } = settingsOf(turn.context);
    if (!abilities.answer_questions || boundaries.bookings_only || reading.when.date) return undefined;
    const answer = knownAnswer(reading.text, turn.context.knowledge ?? [], turn.language);
    return answer === undefined ? undefined : withReminder(scene, answer);
}
