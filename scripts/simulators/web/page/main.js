import { addPerson, changeSettings, follow, listPeople, readSettings, sendMessage } from './api.js';
import { showDesk, tickCountdowns } from './desk-panel.js';
import { openExtras, openList, openNewPerson } from './dialogs.js';
import { byId } from './dom.js';
import { addressOf, initials, nameOf } from './format.js';
import { showPeople } from './people.js';
import { clearPhone, keepAtEnd, showChat } from './phone.js';

const words = byId('words');
const notice = byId('notice');
/** What was typed and not sent, by customer. */
const drafts = new Map();
let selected = '';
let stopFollowing = () => {};

function select(address) {
    if (address === selected) return;
    drafts.set(selected, words.value);
    selected = address;
    words.value = drafts.get(address) ?? '';
    fitComposer();
    history.replaceState(null, '', `#${encodeURIComponent(address)}`);
    notice.textContent = '';
    clearPhone();
    stopFollowing();
    stopFollowing = follow(address, {
        chat: (chat) => {
            byId('chat').setAttribute('aria-label', `Messages of ${nameOf(chat.person)}`);
            showChat(chat, { tap, openList: (bubble) => openList(bubble, (row) => tap(bubble, row)) });
        },
        people: (people) => showPeople(people, selected, select),
        desk: (state) => {
            notice.textContent = '';
            if (state !== null) nameBusiness(state.business.name);
            showDesk(state);
        },
        trouble: ({ message }) => {
            notice.textContent = message;
        },
    });
    for (const button of document.querySelectorAll('#people button')) {
        button.setAttribute('aria-current', String(button.dataset.address === address));
    }
}

function nameBusiness(name) {
    byId('business-name').textContent = name;
    byId('business-initials').textContent = initials(name);
}

/** A tapped button or row is a message that answers the one it stands under. */
function tap(bubble, choice) {
    const kind = bubble.list === undefined ? 'button_reply' : 'list_reply';
    void send({ kind, ...choice, reply_to: bubble.id });
}

/** @returns whether it left the phone. */
async function send(message) {
    notice.textContent = '';
    const chat = byId('chat');
    chat.scrollTop = chat.scrollHeight;
    try {
        const told = await sendMessage(selected, message);
        if (told.http_status !== 200) {
            const why = told.http_status === undefined ? 'cannot be reached' : `answered ${told.http_status}`;
            notice.textContent = `The desk ${why}. The message is sent again by itself.`;
        }
        return true;
    } catch (error) {
        notice.textContent = `Not sent. ${error.message}`;
        return false;
    }
}

function fitComposer() {
    words.style.height = 'auto';
    words.style.height = `${Math.min(words.scrollHeight, 120)}px`;
}

byId('composer').addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = words.value.trim();
    if (body === '') return;
    words.value = '';
    fitComposer();
    if (!(await send({ kind: 'text', body })) && words.value === '') words.value = body;
});
words.addEventListener('input', fitComposer);
words.addEventListener('keydown', (event) => {
    const hasKeyboard = matchMedia('(pointer: fine)').matches;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !hasKeyboard) return;
    event.preventDefault();
    byId('composer').requestSubmit();
});
byId('attach').addEventListener('click', () => openExtras(send));
byId('add-person').addEventListener('click', () =>
    openNewPerson(async (given) => {
        const person = await addPerson(given);
        showPeople(await listPeople(), selected, select);
        select(addressOf(person));
    }),
);
byId('reads').addEventListener(
    'change',
    (event) => void changeSettings({ customer_reads: event.target.checked }),
);

for (const button of document.querySelectorAll('.views button')) {
    button.addEventListener('click', () => {
        document.querySelector('main').dataset.view = button.dataset.view;
        for (const each of document.querySelectorAll('.views button')) {
            each.setAttribute('aria-pressed', String(each === button));
        }
    });
}

// What scrolls must be reachable without a mouse.
for (const id of ['chat', 'desk-sections']) byId(id).tabIndex = 0;
keepAtEnd();
setInterval(tickCountdowns, 1000);
nameBusiness('Business');
try {
    const [people, settings] = await Promise.all([listPeople(), readSettings()]);
    byId('reads').checked = settings.customer_reads;
    const asked = decodeURIComponent(location.hash.slice(1));
    const first = people.find((person) => addressOf(person) === asked) ?? people[0];
    showPeople(people, addressOf(first), select);
    select(addressOf(first));
} catch (error) {
    notice.textContent = error.message;
}
