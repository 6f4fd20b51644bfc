/** One entry of `postgres_changes` in a channel's join, as realtime-js sends it, with the id we gave it. */
export interface Binding {
    id: number;
    event: string;
    schema: string;
    table?: string;
    filter?: string;
}

interface Change {
    type: string;
    schema: string;
    table: string;
    record: Record<string, unknown>;
    oldRecord: Record<string, unknown>;
}

/** Whether a subscription asked for this change: event, table and a filter such as `id=eq.7` or `n=in.(1,2)`. */
export function wants(binding: Binding, change: Change): boolean {
    return (
        (binding.event === '*' || binding.event.toUpperCase() === change.type) &&
        (binding.schema === '*' || binding.schema === change.schema) &&
        (!binding.table || binding.table === '*' || binding.table === change.table) &&
        // Deletes cannot be filtered on the real one either.
        (!binding.filter || change.type === 'DELETE' || passes(binding.filter, change.record))
    );
}

/** True when a filter is one that `wants` can read. */
export function isFilter(filter: string): boolean {
    return /^[^=]+=(eq|neq|lt|lte|gt|gte|in)\./.test(filter);
}

function passes(filter: string, record: Record<string, unknown>): boolean {
    const [, column = '', operator = '', operand = ''] = /^([^=]+)=(\w+)\.(.*)$/s.exec(filter) ?? [];
    const value = record[column];
    if (value === null || value === undefined) {
        return false;
    }
    switch (operator) {
        case 'eq':
            return String(value) === operand;
        case 'neq':
            return String(value) !== operand;
        case 'in':
            return operand
                .replace(/^\(|\)$/g, '')
                .split(',')
                .includes(String(value));
        default: {
            const order =
                typeof value === 'number' ? value - Number(operand) : String(value) < operand ? -1 : 1;
            const equal = String(value) === operand;
            return operator.endsWith('e') && equal
                ? true
                : !equal && (operator.startsWith('l') ? order < 0 : order > 0);
        }
    }
}
