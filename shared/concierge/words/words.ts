import type { OpenProposal, PartOfDay } from '../../desk/turn-types.ts';

/** What is written on buttons and around times, by whichever brain: one table per language. */
export type ReplyWords = {
    /** At most 20 characters each. */
    yes: Record<OpenProposal['kind'], string>;
    no: Record<OpenProposal['kind'], string>;
    answer: string;
    pickTime: string;
    pickService: string;
    pickBooking: string;
    /** Stands above offered times when a brain said nothing itself. */
    timesAreFree: string;
    slotLine: (slot: { when: string; instructor: string }) => string;
    slotDescription: (slot: { instructor: string; duration: string; price: string }) => string;
    serviceDescription: (service: { duration: string; price: string }) => string;
    part: Record<PartOfDay, string>;
};
