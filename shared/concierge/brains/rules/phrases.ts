import type { OpenProposal } from '../../../desk/turn-types.ts';
import type { BookingLine, ServiceInfo, ServiceView } from '../../tools/information.ts';

/** A wish for a time in words: `day` is "Saturday 21 November" or a stretch of days, `time` is "10:00". */
export type SpokenWhen = { day: string; time: string; instructor?: string | undefined };

/** Everything the rules brain says in one language. Plain, short and warm; facts are added by the formatter. */
export type Phrases = {
    hello: (name: string | null, business: string) => string;
    helloShort: (name: string | null) => string;
    offerHelp: string;
    youAreWelcome: string;
    goodbye: (business: string) => string;
    machine: (business: string) => string;
    handedOff: (business: string) => string;

    askService: string;
    askWhichService: (names: string[]) => string;
    askDay: (service: string) => string;
    askDayAt: (service: string, time: string) => string;
    askName: string;
    askNewTime: (booking: string) => string;
    askWhichBooking: Record<'move' | 'cancel', string>;
    moveOrCancel: string;
    anyTime: string;
    dayUnclear: (days: string[]) => string;
    timeUnclear: (times: string[]) => string;
    inThePast: string;
    tooFarAhead: (service: string, last: string) => string;

    isFree: (when: SpokenWhen) => string;
    notFree: (when: SpokenWhen) => string;
    outsideHours: (when: SpokenWhen) => string;
    nothingThen: (day: string) => string;
    nothingLater: (day: string) => string;
    nothingEarlier: (day: string) => string;
    window: (earliest: string | undefined, latest: string | undefined) => string;
    nearest: string;
    nothingAtAll: string;
    timesOn: (day: string) => string;
    nextTimes: string;
    stretch: (first: string, last: string) => string;
    on: (day: string) => string;
    whichOne: string;
    invite: string;
    doesNotGive: (instructor: string, service: string) => string;

    justTaken: string;
    gone: string;
    goingFast: string;
    expired: string;
    stillOpen: string;
    alreadyAnswered: string;
    declined: Record<OpenProposal['kind'], string>;
    pardon: string;
    thankYou: (name: string) => string;
    cannotChange: string;
    somethingWrong: string;

    noBookings: string;
    yourBookings: string;
    bookingLine: (booking: BookingLine & { when: string }) => string;

    serviceLine: (service: ServiceView, duration: string) => string;
    ourServices: string;
    hours: (groups: ServiceInfo['opening_hours'], zone: string) => string;
    meetingPoint: (place: string | null) => string;

    cannotRead: (kinds: string[]) => string;
    notUnderstood: readonly [string, string];
    cannotHelp: (business: string) => string;
};
