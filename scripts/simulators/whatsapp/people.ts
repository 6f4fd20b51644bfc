import { createHash, randomBytes } from 'node:crypto';
import type { Person } from './webhooks.ts';

/** Countries by dialling prefix, longest first; a user id starts with the country of its account. */
const countries: [string, string][] = [
    ['351', 'PT'],
    ['41', 'CH'],
    ['43', 'AT'],
    ['49', 'DE'],
    ['33', 'FR'],
    ['34', 'ES'],
    ['39', 'IT'],
    ['44', 'GB'],
    ['55', 'BR'],
    ['1', 'US'],
];

/** The user id a phone has on this network: always the same, so that scripts and samples agree. */
export function userIdOf(phoneDigits: string): string {
    const country = countries.find(([prefix]) => phoneDigits.startsWith(prefix))?.[1] ?? 'CH';
    const hash = createHash('sha256').update(phoneDigits).digest();
    return `${country}.${hash.readBigUInt64BE().toString().padStart(20, '1')}`;
}

export const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

/** A message id in the shape of Meta's. */
export function newMessageId(): string {
    return `wamid.${randomBytes(30).toString('base64')}`;
}

/** Who is on the phone when nobody has been added: one plain customer, one abroad, one who hides the phone. */
export const demoPeople: Person[] = [
    { userId: userIdOf('41790000001'), phone: '41790000001', name: 'Ana Lima' },
    { userId: userIdOf('393330000002'), phone: '393330000002', name: 'Marco Conti' },
    { userId: 'BR.90210077310045512208', name: 'Béatrice Rocha', username: 'bea.rocha' },
];

/** Finds people by phone or by user id, and meets new ones as they appear. */
export class People {
    readonly #byKey = new Map<string, Person>();

    constructor() {
        this.reset();
    }

    reset(): void {
        this.#byKey.clear();
        for (const person of demoPeople) this.add(person);
    }

    list(): Person[] {
        return [...new Set(this.#byKey.values())];
    }

    find(address: string): Person | undefined {
        return this.#byKey.get(address) ?? this.#byKey.get(digitsOf(address));
    }

    /** Adds a person, or completes the one who is already known by either address. */
    add(given: Partial<Person>): Person {
        const phone = given.phone === undefined ? undefined : digitsOf(given.phone);
        const known =
            (given.userId === undefined ? undefined : this.#byKey.get(given.userId)) ??
            (phone === undefined ? undefined : this.#byKey.get(phone));
        const fresh = { userId: given.userId ?? (phone === undefined ? hiddenUserId() : userIdOf(phone)) };
        const person: Person = known ?? fresh;
        if (phone !== undefined) person.phone = phone;
        if (given.name !== undefined) person.name = given.name;
        if (given.username !== undefined) person.username = given.username;
        if (given.parentUserId !== undefined) person.parentUserId = given.parentUserId;
        this.#byKey.set(person.userId, person);
        if (person.phone !== undefined) this.#byKey.set(person.phone, person);
        return person;
    }

    /** A new phone or a new user id, as after a change of SIM: the old addresses lead nowhere any more. */
    move(person: Person, to: { phone?: string | undefined; userId: string }): void {
        if (person.phone !== undefined) this.#byKey.delete(person.phone);
        this.#byKey.delete(person.userId);
        person.userId = to.userId;
        if (to.phone !== undefined) person.phone = digitsOf(to.phone);
        this.add(person);
    }
}

const hiddenUserId = (): string => `CH.${randomBytes(8).readBigUInt64BE().toString().padStart(20, '1')}`;
