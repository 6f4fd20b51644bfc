/**
 * The house errors: five-character SQLSTATEs raised by the desk's SQL (listed in `supabase/ERRORS.md`; a test
 * keeps both lists equal), and what each means to a program (`code`), to HTTP (`status`) and to a person.
 */
export const houseErrors = {
    D0001: { code: 'not_found', status: 404, message: 'There is no such thing here.' },
    D0002: {
        code: 'lease_lost',
        status: 409,
        message: 'Another worker has taken over this piece of work.',
    },
    D0003: { code: 'slot_taken', status: 409, message: 'Someone else has just taken that time.' },
    D0004: {
        code: 'slot_not_offered',
        status: 422,
        message: 'That time is not one the business offers.',
    },
    D0005: {
        code: 'no_live_proposal',
        status: 409,
        message: 'There is no open proposal to agree to; it may have expired.',
    },
    D0006: {
        code: 'proposal_not_seen',
        status: 409,
        message: 'The customer has not yet seen and answered this proposal.',
    },
    D0007: {
        code: 'booking_move_refused',
        status: 409,
        message: 'A booking cannot go from its present state to that one.',
    },
    D0008: { code: 'status_went_back', status: 500, message: 'A delivery status can only move forward.' },
    D0009: { code: 'bad_input', status: 400, message: 'The request is incomplete or malformed.' },
    D0011: {
        code: 'not_a_manager',
        status: 403,
        message: 'Only an owner or a manager of this business may do that.',
    },
    D0012: {
        code: 'no_clear_yes',
        status: 409,
        message: 'The customer has not plainly said yes to this proposal.',
    },
    D0013: { code: 'time_has_passed', status: 422, message: 'That time has already passed.' },
    D0014: {
        code: 'group_too_large',
        status: 422,
        message: 'That is more people than the group has places.',
    },
    D0015: {
        code: 'bad_window',
        status: 422,
        message: 'A period has to end after it starts, and within a year.',
    },
    D0016: {
        code: 'unknown_time_zone',
        status: 422,
        message: 'There is no time zone of that name.',
    },
} as const;

export type SqlState = keyof typeof houseErrors;
export type HouseErrorCode =
    | (typeof houseErrors)[SqlState]['code']
    | 'database_unreachable'
    | 'database_error'
    | 'unexpected_answer';

/** A refusal or failure of the desk. `message` is for a person; the technical story is in `cause`. */
export class DeskError extends Error {
    override readonly name = 'DeskError';
    readonly code: HouseErrorCode;
    readonly status: number;

    constructor(code: HouseErrorCode, status: number, message: string, cause?: unknown) {
        super(message, cause === undefined ? undefined : { cause });
        this.code = code;
        this.status = status;
    }
}

/** What PostgREST answers when a statement fails; without a `code` nothing answered at all. */
export type DatabaseFailure = { code?: string | null; message: string };

/** Postgres' own word for "two claims overlap": the exclusion constraint on time claims. */
const exclusionViolation = '23P01';

/** Translates a failed database call, the only place where SQLSTATEs are told apart. */
export function fromDatabase(failure: DatabaseFailure): DeskError {
    const sqlState = failure.code === exclusionViolation ? 'D0003' : (failure.code ?? '');
    const cause = Object.assign(new Error(failure.message), { code: failure.code || undefined });
    if (isHouseState(sqlState)) {
        const { code, status, message } = houseErrors[sqlState];
        return new DeskError(code, status, message, cause);
    }
    // PGRST000 to PGRST003 is PostgREST without its database; 57P0x is a database going down or coming up.
    if (/^(?:|PGRST00\d|08\d{3}|57P0\d)$/.test(sqlState)) {
        return new DeskError('database_unreachable', 503, 'The database cannot be reached.', cause);
    }
    return new DeskError('database_error', 500, 'The database refused the request.', cause);
}

function isHouseState(state: string): state is SqlState {
    return Object.hasOwn(houseErrors, state);
}

/** The house code of any thrown thing, for logs and for the queue's `last_error`. */
export function errorCode(error: unknown): string {
    return error instanceof DeskError ? error.code : error instanceof Error ? error.name : 'unknown';
}
