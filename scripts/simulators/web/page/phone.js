import { byId, h, icon, unseen } from './dom.js';
import { clock } from './format.js';

const tickWords = {
    sending: 'Sending',
    sent: 'Sent, the desk has not taken it yet',
    delivered: 'Delivered',
    read: 'Read',
    failed: 'Failed',
};
const onTick = 'm2 6.5 3 3L10.5 3';
const tickPaths = {
    sending: ['M6 3.5V6l2 1.2', 'M10 6A4 4 0 1 1 2 6a4 4 0 0 1 8 0'],
    sent: [onTick],
    delivered: [onTick, 'm7.5 9 .7.6L14 3'],
    read: [onTick, 'm7.5 9 .7.6L14 3'],
    failed: ['M6 3v3.5', 'M6 9v.1'],
};

/** @type {Map<string, { element: HTMLElement, signature: string, ticks: string }>} */
let drawn = new Map();
let hideTyping;
/** The reader looks at the newest message and wants to go on doing so. */
let atEnd = true;

/** Forgets what is drawn: another customer's phone is about to be shown. */
export function clearPhone() {
    atEnd = true;
    drawn = new Map();
    byId('bubbles').replaceChildren();
    byId('chat-empty').hidden = true;
    showTyping(0);
}

/**
 * Draws the chat. A bubble stays the same element while only its ticks change: the log must not be read out
 * again, and a focused button must not vanish under the finger.
 * @param {{ tap: (bubble: object, choice: object) => void, openList: (bubble: object) => void }} on
 */
export function showChat({ bubbles, typing_until: typingUntil }, on) {
    const list = byId('bubbles');
    const chat = byId('chat');
    const next = new Map();
    for (const bubble of bubbles) {
        const { ticks, ...rest } = bubble;
        const signature = JSON.stringify(rest);
        const known = drawn.get(bubble.id);
        const same = known?.signature === signature;
        const element = same ? known.element : bubbleOf(bubble, on);
        if (same && known.ticks !== ticks) element.querySelector('.ticks')?.replaceWith(ticksOf(ticks));
        if (!same && known !== undefined) known.element.replaceWith(element);
        else if (!same) list.append(element);
        next.set(bubble.id, { element, signature, ticks });
    }
    for (const [id, { element }] of drawn) if (!next.has(id)) element.remove();
    drawn = next;
    byId('chat-empty').hidden = bubbles.length > 0;
    showTyping(typingUntil);
    if (atEnd) chat.scrollTop = chat.scrollHeight;
}

/** Keeps the newest message in sight while the chat grows or the phone's keyboard takes room. */
export function keepAtEnd() {
    const chat = byId('chat');
    chat.addEventListener('scroll', () => {
        atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
    });
    new ResizeObserver(() => {
        if (atEnd) chat.scrollTop = chat.scrollHeight;
    }).observe(chat);
}

function showTyping(until) {
    clearTimeout(hideTyping);
    const leftMs = until - Date.now();
    byId('typing').hidden = leftMs <= 0;
    byId('presence').textContent = leftMs > 0 ? 'typing…' : 'Business account';
    if (leftMs > 0) hideTyping = setTimeout(() => showTyping(0), leftMs);
}

function ticksOf(ticks) {
    return h(
        'span',
        { class: `ticks ${ticks}`, title: tickWords[ticks] },
        icon(
            'tick',
            ticks === 'delivered' || ticks === 'read' ? '0 0 16 12' : '0 0 12 12',
            ...tickPaths[ticks],
        ),
        unseen(tickWords[ticks]),
    );
}

function bubbleOf(bubble, on) {
    const mine = bubble.from === 'customer';
    const taps = (bubble.buttons ?? []).map((choice) =>
        h('button', { type: 'button', class: 'choice', click: () => on.tap(bubble, choice) }, choice.title),
    );
    if (bubble.list !== undefined) {
        const open = () => on.openList(bubble);
        taps.push(
            h(
                'button',
                { type: 'button', class: 'choice', 'aria-haspopup': 'dialog', click: open },
                bubble.list.button,
            ),
        );
    }
    return h(
        'li',
        { class: mine ? 'mine' : 'theirs' },
        h(
            'div',
            { class: 'bubble' },
            unseen(mine ? 'You: ' : 'Business: '),
            bubble.quotes !== undefined && h('p', { class: 'quote' }, bubble.quotes),
            bubble.label !== undefined && h('p', { class: 'label' }, bubble.label),
            bubble.revoked
                ? h('p', { class: 'revoked' }, 'This message was deleted')
                : bubble.text !== '' && h('p', { class: 'text' }, bubble.text),
            linkOf(bubble.link),
            h(
                'p',
                { class: 'meta' },
                bubble.edited === true && 'Edited ',
                h('time', { datetime: bubble.at }, clock(bubble.at)),
                mine && ticksOf(bubble.ticks),
            ),
            bubble.reaction !== undefined &&
                h('span', { class: 'reaction' }, unseen('Reaction: '), bubble.reaction),
        ),
        taps.length > 0 && h('div', { class: 'choices' }, ...taps),
    );
}

/** Only web addresses may be followed: a `javascript:` one stays text. */
function linkOf(link) {
    if (link === undefined) return undefined;
    const isWeb = /^https?:\/\//i.test(link.url);
    return isWeb
        ? h('a', { class: 'text', href: link.url, target: '_blank', rel: 'noopener noreferrer' }, link.title)
        : h('p', { class: 'text' }, link.title);
}
