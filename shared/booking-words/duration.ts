/** "1 h 30 min": the signs are the same in all five languages. */
export function durationText(minutes: number): string {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(' ');
}

/** "Anna, 2 people" of what is known; null of nothing. */
export function peopleText(name: string | null, participants: number, people: string): string | null {
    const parts = [name, participants > 1 ? `${participants} ${people}` : null].filter(Boolean);
    return parts.length > 0 ? parts.join(', ') : null;
}
