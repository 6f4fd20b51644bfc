import { byId, h } from './dom.js';
import { addressOf, initials, nameOf, phone } from './format.js';

const shownPeople = 40;

/**
 * The list of customers. Rows are kept and moved, not made anew, so that the keyboard stays where it is.
 * @param {object[]} people latest first
 * @param {string} selected address of the one whose phone is shown
 * @param {(address: string) => void} select
 */
export function showPeople(people, selected, select) {
    const list = byId('people');
    const wanted = people.slice(0, shownPeople);
    const chosen = people.find((person) => addressOf(person) === selected);
    if (chosen !== undefined && !wanted.includes(chosen)) wanted.unshift(chosen);
    const rows = new Map([...list.children].map((row) => [row.dataset.signature, row]));
    const next = wanted.map((person) => {
        const signature = JSON.stringify([addressOf(person), nameOf(person), person.username]);
        return rows.get(signature) ?? rowOf(person, signature, select);
    });
    if (next.some((row, at) => list.children[at] !== row) || list.children.length !== next.length) {
        const focused = document.activeElement;
        list.replaceChildren(...next);
        if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
    }
    for (const button of list.querySelectorAll('button')) {
        button.setAttribute('aria-current', String(button.dataset.address === selected));
    }
}

function rowOf(person, signature, select) {
    const name = nameOf(person);
    const address = addressOf(person);
    const hidden = person.username === undefined ? 'no phone' : `@${person.username}, no phone`;
    return h(
        'li',
        { 'data-signature': signature },
        h(
            'button',
            { type: 'button', 'data-address': address, click: () => select(address) },
            h('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(name)),
            h(
                'span',
                { class: 'person' },
                h('span', { class: 'name' }, name),
                h('span', { class: 'address' }, person.phone === undefined ? hidden : phone(person.phone)),
            ),
        ),
    );
}
