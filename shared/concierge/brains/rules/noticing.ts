import { remindOfProposal } from '../../tools/consent.ts';
import { rememberCustomer } from '../../tools/people.ts';
import { liveProposal } from '../../turn-state.ts';
import { decline } from './answering-proposals.ts';
import { nuancesOf } from './nuances.ts';
import { has, paragraphs, type Scene, wallOf } from './scene.ts';
import { isQuiet } from './sharpening.ts';
import { giveToAPerson, withReminder } from './talking.ts';

/** Steps for what people say between the lines. All pass where the language has no words for it. */

/** Complaints, accidents, delays and messages for somebody: no desk answers those. */
export async function forAPerson(scene: Scene) {
    const { turn, reading } = scene;
    const nuances = nuancesOf(turn.language);
    if (!nuances) return undefined;
    const names = turn.context.instructors.map(({ name }) =>
        (name.split(' ')[0] ?? name).replace(/\W/g, '.'),
    );
    const tell = new RegExp(`${[nuances.tell, ...names].join('|')})\\b`, 'i');
    const found =
        nuances.forPeople.find(({ pattern }) => pattern.test(reading.text))?.reason ??
        (tell.test(reading.text) ? 'message' : undefined);
    if (!found) return undefined;
    await giveToAPerson(scene, found);
    return nuances.words.passedOn[found](turn.context.business.name);
}

/** Thanks, farewells and hidden noes to an open question: it is either dropped or shown again. */
export async function besideTheQuestion(scene: Scene) {
    const { turn, reading, phrases } = scene;
    const open = liveProposal(turn);
    if (!open || reading.choice || reading.unreadable.length > 0) return undefined;
    const nuances = nuancesOf(turn.language);
    if (nuances && reading.texts.some((text) => nuances.refusal.test(text))) return decline(scene, open);
    const { when, services, instructorId, participants, name } = reading;
    const adds = services.some(({ id }) => id !== open.service_id) || instructorId || participants || name;
    const { date, time } = wallOf(open.starts_at, turn);
    const changes =
        when.unclear || when.until || (when.date && when.date !== date) || (when.time && when.time !== time);
    if (nuances && (when.date ?? when.time) && changes && nuances.asWell.test(reading.text)) {
        remindOfProposal(turn);
        return nuances.words.oneAtATime;
    }
    const asks = has(scene, 'more', 'reschedule', 'list', 'hours', 'prices', 'services', 'where', 'help');
    if (adds || changes || asks || !has(scene, 'bye', 'thanks') || /\?/.test(reading.text)) return undefined;
    if (has(scene, 'cancel') && open.kind !== 'cancel') return undefined;
    remindOfProposal(turn);
    return nuances?.words.notYet[open.kind] ?? phrases.pardon;
}

/** "My name is Sam actually", when nothing else is going on. */
export async function aNewName({ turn, reading }: Scene) {
    const nuances = nuancesOf(turn.language);
    const { name } = reading;
    const alone = reading.services.length === 0 && !reading.when.date && !reading.when.time;
    if (!nuances || !name || !alone || !isQuiet(turn)) return undefined;
    await rememberCustomer.run({ name, language: null }, turn);
    return nuances.words.noted(name);
}

/** Somebody wished for by name who does not work here, when nothing else is wished for. */
export async function anUnknownInstructor(scene: Scene) {
    const { when, services } = scene.reading;
    const alone = services.length === 0 && !when.date && !when.time && !when.unclear;
    const told = alone ? aboutUnknown(scene) : undefined;
    return told === undefined ? undefined : withReminder(scene, told);
}

/** Says that nobody of the name wished for works here; undefined when no such name was said. */
export function aboutUnknown({ turn, reading }: Scene): string | undefined {
    const nuances = nuancesOf(turn.language);
    const found = nuances?.withName.exec(reading.text)?.groups?.name;
    if (!nuances || !found || reading.instructorId) return undefined;
    const [first = ''] = found.split(' ');
    // What was read as a day is no name: "by Friday".
    const isRead = !reading.when.rest.toLowerCase().includes(first.toLowerCase());
    const short = reading.text.split(/\s+/).length <= 6;
    const capital = first[0] !== first[0]?.toLowerCase();
    if (nuances.noName.test(first) || isRead || !(capital || short)) return undefined;
    const name = first.charAt(0).toUpperCase() + first.slice(1);
    const known = turn.context.instructors.map((instructor) => instructor.name);
    return nuances.words.unknownInstructor(name, known);
}

/** A question of fact: from what is written about the services, else honestly not known. */
export async function aFact(scene: Scene) {
    const { turn, reading, phrases } = scene;
    const nuances = nuancesOf(turn.language);
    if (!nuances?.fact.test(reading.text) || reading.when.date || reading.when.time) return undefined;
    if (has(scene, 'prices', 'availability', 'reschedule', 'cancel', 'list')) return undefined;
    const { services } = turn.context;
    const meant = liveProposal(turn)?.service_id ?? turn.draft.service_id;
    const named = reading.services.length > 0 ? reading.services : services.filter(({ id }) => id === meant);
    const about = (named.length > 0 ? named : services).filter(({ description }) => description);
    const asks = reading.text.toLowerCase();
    const topics = [
        { asked: /how long/, told: /./ },
        { asked: /\bhow old|\bage\b/, told: /\bage|\byears?\b|\bold\b|\d\+/i },
        {
            asked: /how many/,
            told: /\b(?:to|max\w*|up to|group) ?\w*\b.*\b(?:people|persons?|kids|children|guests)/i,
        },
        { asked: /bring|need|wear|rent|equip|includ|helmet|ski/, told: /equip|includ|bring|rent|helmet/i },
        { asked: /level|beginner/, told: /level|beginner/i },
    ];
    const topic = topics.find(({ asked }) => asked.test(asks) || asked.test(reading.text));
    const lines = asks.includes('how long') ? (named.length > 0 ? named : services) : about;
    const fitting = topic
        ? lines.filter(({ description }) => asks.includes('how long') || topic.told.test(description ?? ''))
        : [];
    if (fitting.length === 0) return withReminder(scene, nuances.words.notKnown(turn.context.business.name));
    const told = fitting.map(({ name, description, duration_min }) =>
        [`${name}: ${duration_min} min`, description].filter(Boolean).join('. '),
    );
    return withReminder(scene, paragraphs(told.join('\n'), liveProposal(turn) ? '' : phrases.invite));
}

/** A picture with words that mean nothing to the desk goes to a person. */
export async function aCaption(scene: Scene) {
    const { turn } = scene;
    const nuances = nuancesOf(turn.language);
    if (!nuances || !hasCaption(scene)) return undefined;
    await giveToAPerson(scene, 'picture');
    return nuances.words.photoPassedOn(turn.context.business.name);
}

/** Whether a picture or a film came with words. */
export function hasCaption({ turn: { context } }: Scene): boolean {
    return context.messages.some(
        ({ seq, content }) =>
            context.unanswered.includes(seq) &&
            (content.type === 'image' || content.type === 'video' || content.type === 'document') &&
            Boolean(content.media.caption?.trim()),
    );
}
