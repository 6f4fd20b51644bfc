import { byId, h, unseen } from './dom.js';
import { left, money, slot, timeOfDay } from './format.js';

const modes = { ai: 'AI', human: 'A person', paused: 'Nobody (paused)' };
const kinds = { book: 'Book', reschedule: 'Move', cancel: 'Cancel' };
const roles = { user: 'Customer', assistant: 'AI', owner: 'Owner', system: 'System' };
/** What a state means to whoever looks: fine, waiting, wrong, or over. */
const tones = {
    ai: 'fine',
    human: 'waiting',
    paused: 'waiting',
    pending: 'waiting',
    confirmed: 'fine',
    cancelled: 'over',
    open: 'waiting',
    accepted: 'fine',
    queued: 'waiting',
    running: 'waiting',
    dead: 'wrong',
    failed: 'wrong',
    hold: 'waiting',
    booking: 'fine',
    answered: 'fine',
    handed_over: 'waiting',
};

const chip = (state, words = state.replaceAll('_', ' ')) =>
    h('span', { class: `chip ${tones[state] ?? 'plain'}` }, words);

/** A countdown that main's clock keeps going. */
const until = (iso, before = 'expires in ') =>
    h('span', { class: 'until', 'data-until': iso, 'data-before': before });

/** What is drawn, so that a section that did not change is left alone. */
const drawn = new Map();

/** Shows the stored state; `null` means that the desk has never heard of this customer. */
export function showDesk(state) {
    const place = byId('desk-sections');
    if (state === null) {
        drawn.clear();
        byId('desk-note').textContent = '';
        place.replaceChildren(
            h(
                'p',
                { class: 'empty' },
                'The desk does not know this customer yet. Write something on the phone.',
            ),
        );
        return;
    }
    const zone = state.business.time_zone;
    byId('desk-note').textContent = `${state.business.name}, times in ${zone}`;
    const sections = [
        ['Conversation', { conversation: state.conversation, customer: state.customer }, conversation],
        ['Bookings', state.bookings, (rows) => cards(rows, 'No booking yet.', (row) => booking(row, zone))],
        ['Proposals', state.proposals, (rows) => cards(rows, 'Nothing.', (row) => proposal(row, zone))],
        [
            'Time taken',
            state.claims,
            (rows) => cards(rows, 'No hold, no booked time.', (row) => claim(row, zone)),
        ],
        ['Jobs', state.jobs, (rows) => cards(rows, 'Nothing is waiting to be done.', job)],
        ['Messages', state.messages, messages],
    ];
    if (!place.querySelector('section')) place.replaceChildren();
    for (const [title, data, draw] of sections) {
        const signature = JSON.stringify(data);
        if (drawn.get(title)?.signature === signature && place.contains(drawn.get(title).element)) continue;
        const element = h('section', { class: 'stored' }, h('h3', {}, title), draw(data));
        const before = drawn.get(title)?.element;
        if (before !== undefined && place.contains(before)) before.replaceWith(element);
        else place.append(element);
        drawn.set(title, { signature, element });
    }
    tickCountdowns();
}

/** Rewrites every "expires in"; called each second. */
export function tickCountdowns() {
    for (const element of document.querySelectorAll('[data-until]')) {
        const time = left(element.dataset.until);
        element.textContent = time === undefined ? 'expired' : `${element.dataset.before}${time}`;
    }
}

function cards(rows, empty, draw) {
    if (rows.length === 0) return h('p', { class: 'empty' }, empty);
    return h('ul', { class: 'cards' }, ...rows.map((row) => h('li', {}, ...draw(row))));
}

const line = (...parts) => h('p', { class: 'line' }, ...parts);
const detail = (...parts) => h('p', { class: 'detail' }, ...parts);

function conversation({ conversation: it, customer }) {
    const facts = [
        ['Answered by', chip(it.mode, modes[it.mode])],
        ['Stage', it.stage],
        ...(it.stage === 'idle' || it.stage_expires_at === null
            ? []
            : [['Stage ends', until(it.stage_expires_at, 'in ')]]),
        ['Customer', customer?.name ?? 'name not known'],
        ...(it.language === null ? [] : [['Language', it.language]]),
        ...(it.handoff_reason === null
            ? []
            : [['Handed over', `${it.handoff_reason}: ${it.handoff_summary ?? ''}`]]),
        ...(Object.keys(it.draft).length === 0 ? [] : [['Collected', draft(it.draft)]]),
    ];
    return h('dl', {}, ...facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

const draft = (fields) => h('code', {}, JSON.stringify(fields));

function booking(it, zone) {
    return [
        line(chip(it.status), h('strong', {}, it.service), ` with ${it.instructor}`),
        detail(`${slot(it.starts_at, zone)}, ${it.duration_min} min, ${money(it.price_minor, it.currency)}`),
        detail(
            `${it.reference}, ${it.customer_name ?? 'no name'}, ${it.participants} ${it.participants === 1 ? 'person' : 'people'}`,
        ),
    ];
}

function proposal(it, zone) {
    return [
        line(chip(it.status), h('strong', {}, `${kinds[it.kind]} ${it.service}`), ` with ${it.instructor}`),
        detail(
            slot(it.starts_at, zone),
            it.status === 'open' && ', ',
            it.status === 'open' && until(it.expires_at),
        ),
    ];
}

function claim(it, zone) {
    const withBuffers = `${timeOfDay(it.taken_from, zone)} to ${timeOfDay(it.taken_to, zone)} with buffers`;
    return [
        line(chip(it.kind), h('strong', {}, slot(it.starts_at, zone)), ` ${it.instructor}`),
        detail(withBuffers, it.expires_at !== null && ', ', it.expires_at !== null && until(it.expires_at)),
    ];
}

function job(it) {
    return [
        line(
            chip(it.state),
            h('strong', {}, it.kind),
            ` job ${it.id}, attempt ${it.attempts} of ${it.max_attempts}`,
        ),
        it.last_error !== null && detail(it.last_error),
    ];
}

function messages(rows) {
    const body = rows
        .toReversed()
        .map((it) =>
            h(
                'tr',
                {},
                h('td', { class: 'number' }, String(it.seq)),
                h('td', {}, roles[it.role] ?? it.role),
                h(
                    'td',
                    { class: 'said' },
                    it.deleted && unseen('Deleted: '),
                    h(
                        it.deleted ? 's' : 'span',
                        { class: 'words', title: wordsOf(it.content) },
                        wordsOf(it.content),
                    ),
                    it.edited && h('span', { class: 'detail' }, ' (edited)'),
                ),
                h('td', {}, chip(it.role === 'user' ? (it.outcome ?? 'queued') : it.status, statusWords(it))),
            ),
        );
    const head = ['No.', 'From', 'Says', 'State'].map((name) => h('th', { scope: 'col' }, name));
    return h(
        'div',
        { class: 'table' },
        h('table', {}, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...body)),
    );
}

function statusWords(it) {
    if (it.role === 'user') return (it.outcome ?? 'not answered yet').replaceAll('_', ' ');
    return it.error_code === null ? it.status : `${it.status} (${it.error_code})`;
}

function wordsOf(content) {
    if (content.type === 'reaction') return `reaction ${content.emoji ?? 'removed'}`;
    const choices = [...(content.buttons ?? []), ...(content.rows ?? [])]
        .map(({ title }) => `[${title}]`)
        .join(' ');
    const text = content.text ?? content.media?.caption ?? content.location?.name ?? content.detail ?? '';
    const kind = ['text', 'buttons', 'list'].includes(content.type) ? '' : `${content.type}: `;
    return `${kind}${text} ${choices}`.trim();
}
