import { createClient } from '@supabase/supabase-js';
import { HttpResponse, http } from 'msw';

/** PostgREST as far as the desk speaks to it: `POST /rest/v1/rpc/<function>` with named arguments. */

export const supabaseUrl = 'http://desk.example';
export const secretKey = 'sb_secret_test';

export type RpcCall = { name: string; args: Record<string, unknown> };
type Answer = unknown | ((args: Record<string, unknown>) => unknown);

/** How PostgREST tells of a statement that raised: the SQLSTATE as `code`. */
export function raised(code: string, message = 'raised', status = 400): Response {
    return HttpResponse.json(
        { code, message, details: 'Failing row contains (secret text)', hint: null },
        { status },
    );
}

/** A fresh PostgREST that knows only the given functions; each answer is a value, a Response, or made of the arguments. */
export function postgrest(functions: Record<string, Answer> = {}) {
    const calls: RpcCall[] = [];
    const handler = http.post(`${supabaseUrl}/rest/v1/rpc/:name`, async ({ request, params }) => {
        if (request.headers.get('apikey') !== secretKey) return raised('42501', 'permission denied', 403);
        const name = String(params.name);
        const args = (await request.json()) as Record<string, unknown>;
        calls.push({ name, args });
        if (!(name in functions)) return raised('PGRST202', `Could not find the function ${name}`, 404);
        const made = functions[name];
        const answer = typeof made === 'function' ? await made(args) : made;
        return answer instanceof Response ? answer.clone() : HttpResponse.json(answer as never);
    });
    const client = createClient(supabaseUrl, secretKey, { auth: { persistSession: false } });
    return { handler, calls, functions, client };
}
