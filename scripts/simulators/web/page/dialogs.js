import { byId, h } from './dom.js';

/** What else a phone can send, besides words. */
const extras = [
    ['Photo', { kind: 'image', caption: 'The slope today' }],
    ['Voice message', { kind: 'voice' }],
    ['Document', { kind: 'document', filename: 'voucher.pdf' }],
    ['Location', { kind: 'location', latitude: 46.0207, longitude: 7.7491, name: 'Zermatt station' }],
    ['Contact', { kind: 'contacts', name: 'Luca Lima', phone: '+41 79 000 00 02' }],
    ['Something a business cannot read', { kind: 'unsupported' }],
];

function open(dialog, ...content) {
    dialog.replaceChildren(...content);
    dialog.showModal();
}

const closeButton = (dialog, words = 'Close') =>
    h('button', { type: 'button', class: 'quiet', click: () => dialog.close() }, words);

/** The rows of a list message; the one that is tapped goes to `choose`. */
export function openList(bubble, choose) {
    const dialog = byId('list-sheet');
    const rows = bubble.list.rows.map((row) =>
        h(
            'li',
            {},
            h(
                'button',
                {
                    type: 'button',
                    class: 'row',
                    click: () => {
                        dialog.close();
                        choose(row);
                    },
                },
                h('span', { class: 'name' }, row.title),
                row.description !== undefined && h('span', { class: 'address' }, row.description),
            ),
        ),
    );
    open(
        dialog,
        h('h2', { id: 'list-title' }, bubble.list.button),
        h('ul', {}, ...rows),
        closeButton(dialog),
    );
}

export function openExtras(send) {
    const dialog = byId('attach-sheet');
    const rows = extras.map(([name, message]) =>
        h(
            'li',
            {},
            h(
                'button',
                {
                    type: 'button',
                    class: 'row',
                    click: () => {
                        dialog.close();
                        send(message);
                    },
                },
                name,
            ),
        ),
    );
    open(
        dialog,
        h('h2', { id: 'attach-title' }, 'Send something else'),
        h('ul', {}, ...rows),
        closeButton(dialog),
    );
}

/** Asks who the new customer is; `add` may refuse with a message, which is then shown. */
export function openNewPerson(add) {
    const dialog = byId('person-dialog');
    const name = h('input', {
        id: 'new-name',
        name: 'name',
        required: true,
        maxlength: '100',
        autocomplete: 'off',
    });
    const phone = h('input', {
        id: 'new-phone',
        type: 'tel',
        autocomplete: 'off',
        required: true,
        pattern: '\\+?[0-9 ]{7,20}',
        value: `+4179${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`,
    });
    const hide = h('input', {
        type: 'checkbox',
        id: 'new-hidden',
        change: () => {
            phone.disabled = hide.checked;
        },
    });
    const problem = h('p', { class: 'problem', role: 'alert' });
    const submit = async (event) => {
        event.preventDefault();
        const hidden = hide.checked;
        const username = name.value.toLowerCase().replace(/[^a-z0-9]+/g, '.');
        try {
            await add({ name: name.value, ...(hidden ? { username } : { phone: phone.value }) });
            dialog.close();
        } catch (error) {
            problem.textContent = error.message;
        }
    };
    open(
        dialog,
        h('h2', { id: 'person-title' }, 'Add a customer'),
        h(
            'form',
            { submit },
            h('label', { for: 'new-name' }, 'Name'),
            name,
            h('label', { for: 'new-phone' }, 'Phone'),
            phone,
            h('label', { class: 'switch' }, hide, 'Has a username and hides the phone'),
            problem,
            h(
                'div',
                { class: 'actions' },
                closeButton(dialog, 'Cancel'),
                h('button', { class: 'primary' }, 'Add'),
            ),
        ),
    );
}
