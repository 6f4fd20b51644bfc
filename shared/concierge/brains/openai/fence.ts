/**
 * Customer text as data: between tags whose name nobody outside this request can know, so that no text can close
 * its own fence and speak as someone else.
 */
export type Fence = { tag: string; around: (text: string) => string };

export function fenceWith(randomId: string): Fence {
    const tag = `customer-${randomId
        .replace(/[^0-9a-z]/gi, '')
        .slice(0, 8)
        .toLowerCase()}`;
    return { tag, around: (text) => `<${tag}>${text.replaceAll(tag, '')}</${tag}>` };
}
