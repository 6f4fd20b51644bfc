/** A function for the tests of the runtime: says what it was given, and works on after its answer. */
interface Runtime {
    EdgeRuntime: { waitUntil(work: Promise<unknown>): void };
    Deno: { env: { toObject(): Record<string, string> } };
}

export default {
    async fetch(request: Request): Promise<Response> {
        const { EdgeRuntime, Deno } = globalThis as unknown as Runtime;
        const { pathname } = new URL(request.url);
        if (pathname.endsWith('/throw')) {
            throw new Error('on purpose');
        }
        if (pathname.endsWith('/later')) {
            EdgeRuntime.waitUntil(
                new Promise((resolve) => setTimeout(resolve, 100)).then(() => console.log('worked on')),
            );
            EdgeRuntime.waitUntil(Promise.reject(new Error('failed in the background')));
            return new Response(null, { status: 202 });
        }
        return Response.json({ pathname, body: await request.text(), env: Deno.env.toObject() });
    },
};
