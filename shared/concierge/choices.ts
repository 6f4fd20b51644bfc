import type { FreeSlot } from '../desk/turn-types.ts';

/** The ids behind buttons and list rows: what a tap says without words. */

export type Choice =
    | { kind: 'slot'; service_id: string; instructor_id: string; starts_at: Date }
    | { kind: 'yes' | 'no'; proposal_id: string }
    | { kind: 'service'; service_id: string }
    | { kind: 'booking'; booking_id: string };

export const slotChoice = (serviceId: string, slot: Pick<FreeSlot, 'instructor_id' | 'starts_at'>) =>
    `slot:${serviceId}:${slot.instructor_id}:${Date.parse(slot.starts_at) / 1000}`;
export const yesChoice = (proposalId: string) => `yes:${proposalId}`;
export const noChoice = (proposalId: string) => `no:${proposalId}`;
export const serviceChoice = (serviceId: string) => `service:${serviceId}`;
export const bookingChoice = (bookingId: string) => `booking:${bookingId}`;

/** Reads an id back; undefined for any that is not of ours (a template's payload, an older version's). */
export function readChoice(id: string): Choice | undefined {
    const [kind, first = '', second = '', third = ''] = id.split(':');
    if (first === '') return undefined;
    switch (kind) {
        case 'yes':
        case 'no':
            return { kind, proposal_id: first };
        case 'service':
            return { kind, service_id: first };
        case 'booking':
            return { kind, booking_id: first };
        case 'slot':
            return /^\d{1,11}$/.test(third)
                ? {
                      kind,
                      service_id: first,
                      instructor_id: second,
                      starts_at: new Date(Number(third) * 1000),
                  }
                : undefined;
        default:
            return undefined;
    }
}
