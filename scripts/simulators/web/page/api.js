async function call(method, path, body) {
    const response = await fetch(`/simulator/api/${path}`, {
        method,
        ...(body === undefined
            ? {}
            : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error ?? `The simulator answered ${response.status}.`);
    return answer;
}

export const listPeople = () => call('GET', 'people');
export const addPerson = (person) => call('POST', 'people', person);
export const sendMessage = (from, message) => call('POST', 'messages', { from, message });
export const readSettings = () => call('GET', 'settings');
export const changeSettings = (settings) => call('PATCH', 'settings', settings);

/**
 * Follows one customer: `on.chat`, `on.people`, `on.desk`, `on.trouble`. Returns how to stop. The browser
 * reconnects by itself, and the server then tells everything anew.
 */
export function follow(address, on) {
    const source = new EventSource(`/simulator/api/stream?with=${encodeURIComponent(address)}`);
    for (const name of ['chat', 'people', 'desk', 'trouble']) {
        source.addEventListener(name, (event) => on[name](JSON.parse(event.data)));
    }
    source.addEventListener('error', () =>
        on.trouble({ message: 'The connection to the simulator is lost. Trying again.' }),
    );
    return () => source.close();
}
