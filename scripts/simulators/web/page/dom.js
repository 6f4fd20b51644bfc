/**
 * Makes an element. Children that are strings become text nodes, never markup: everything a customer or a
 * model writes goes through here, and nothing on this page sets innerHTML.
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined | ((event: Event) => void)>} [props]
 * @param {(Node | string | undefined | false)[]} children
 */
export function h(tag, props = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
        if (typeof value === 'function') element.addEventListener(name, value);
        else if (value === true) element.setAttribute(name, '');
        else if (typeof value === 'string') element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== undefined && child !== false));
    return element;
}

/** The element with this id; the page's own markup has it, or the page is broken. */
export function byId(id) {
    const element = document.getElementById(id);
    if (element === null) throw new Error(`The page has no #${id}.`);
    return element;
}

const svgSpace = 'http://www.w3.org/2000/svg';

/** A line icon of the given paths, for eyes only. */
export function icon(className, viewBox, ...paths) {
    const svg = document.createElementNS(svgSpace, 'svg');
    svg.setAttribute('viewBox', viewBox);
    svg.setAttribute('class', className);
    svg.setAttribute('aria-hidden', 'true');
    for (const d of paths) {
        const path = document.createElementNS(svgSpace, 'path');
        path.setAttribute('d', d);
        svg.append(path);
    }
    return svg;
}

/** Text for screen readers only. */
export const unseen = (text) => h('span', { class: 'visually-hidden' }, text);
