import type { Brain } from '../../../../shared/concierge/brain.ts';
import { readChoice } from '../../../../shared/concierge/choices.ts';
import { think } from '../../../../shared/concierge/turn.ts';
import {
    type BookingView,
    contentLimits,
    type InboundContent,
    type OutboundContent,
    type TurnHint,
    type TurnResult,
    turnContext,
    turnResult,
} from '../../../../shared/desk/turn-types.ts';
import type { Log } from '../../../../shared/log.ts';
import { FakeDesk } from './fake-desk.ts';
import { idMaker } from './world.ts';

export const silentLog: Log = {
    debug() {},
    info() {},
    warn() {},
    error() {},
    with: () => silentLog,
};

export type Said = {
    text: string;
    content: OutboundContent | null;
    /** Titles of what can be tapped. */
    taps: string[];
    turn: TurnResult;
};

/** A customer who writes to the desk, and the worker that answers: claims, thinks, commits, thinks again. */
export class Chat {
    readonly desk: FakeDesk;
    readonly brain: Brain;
    readonly newId = idMaker();
    /** Runs between thinking and committing: where races happen. */
    meanwhile: (() => void) | undefined;
    attempts = 0;

    constructor(brain: Brain, desk = new FakeDesk()) {
        this.brain = brain;
        this.desk = desk;
    }

    /** Writes one or more messages at once and waits for the answer. */
    async say(...texts: string[]): Promise<Said> {
        for (const text of texts) this.desk.receive({ type: 'text', text });
        return this.answer();
    }

    async send(...contents: InboundContent[]): Promise<Said> {
        for (const content of contents) this.desk.receive(content);
        return this.answer();
    }

    /** Taps the button or row of the latest message whose title matches. */
    async tap(title: RegExp): Promise<Said> {
        return this.send(this.choice(title));
    }

    choice(title: RegExp): InboundContent {
        const options = this.desk.state.messages.flatMap(({ content }) =>
            optionsOf(content as OutboundContent),
        );
        const option = options.findLast((given) => title.test(given.title));
        if (!option) throw new Error(`Nothing to tap matches ${title}: ${options.map((o) => o.title)}`);
        return { type: 'choice', id: option.id, text: option.title };
    }

    get bookings(): BookingView[] {
        return this.desk.state.bookings;
    }

    async answer(): Promise<Said> {
        let hint: TurnHint | undefined;
        for (let attempt = 1; attempt <= 3; attempt += 1) {
            this.attempts = attempt;
            const context = turnContext.parse(this.desk.context());
            const turn = await think(
                { context, attempt, ...(hint ? { hint } : {}) },
                {
                    desk: this.desk,
                    brain: this.brain,
                    now: () => new Date(this.desk.now),
                    newId: this.newId,
                    log: silentLog,
                },
            );
            checkTurn(turn);
            this.meanwhile?.();
            const finished = this.desk.finish(context.up_to_seq, turn, attempt === 3);
            if (finished.result === 'done') return said(turn);
            if (finished.result === 'taken_over') return said({ ...turn, reply: null });
            hint = { result: finished.result, ...('code' in finished ? { code: finished.code } : {}) };
        }
        throw new Error('Three thoughts, and none was taken.');
    }
}

function said(turn: TurnResult): Said {
    const content = turn.reply;
    return {
        text: content?.text ?? '',
        content,
        taps: content ? optionsOf(content).map((o) => o.title) : [],
        turn,
    };
}

export function optionsOf(
    content: OutboundContent,
): { id: string; title: string; description?: string | undefined }[] {
    if (content.type === 'buttons') return content.buttons;
    return content.type === 'list' ? content.rows : [];
}

/** What must hold of every turn, whatever was said: shapes, the channel's limits, ids that can be read back. */
export function checkTurn(turn: TurnResult) {
    turnResult.parse(turn);
    const { reply } = turn;
    if (!reply) return;
    const limits = contentLimits;
    const within = (condition: boolean, what: string) => {
        if (!condition) throw new Error(`${what}: ${JSON.stringify(reply)}`);
    };
    within(
        reply.text.length <= (reply.type === 'buttons' ? limits.buttonsText : limits.text),
        'text too long',
    );
    within(
        !/\b(?:undefined|null|NaN)\b|\[object|[0-9a-f]{8}-[0-9a-f]{4}/.test(reply.text),
        'text with a seam',
    );
    const options = optionsOf(reply);
    within(new Set(options.map(({ id }) => id)).size === options.length, 'two options with one id');
    within(new Set(options.map(({ title }) => title)).size === options.length, 'two options with one title');
    for (const { id, title, description = '' } of options) {
        within(readChoice(id) !== undefined && id.length <= limits.rowId, 'unreadable id');
        within(
            title.length <= (reply.type === 'buttons' ? limits.buttonTitle : limits.rowTitle),
            'long title',
        );
        within(description.length <= limits.rowDescription, 'long description');
    }
    if (reply.type === 'buttons') within(options.length <= limits.buttons, 'too many buttons');
    if (reply.type === 'list')
        within(options.length <= limits.rows && reply.button.length <= limits.listButton, 'list');
}
