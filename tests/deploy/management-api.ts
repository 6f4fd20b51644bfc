import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One function as the CLI uploads it for bundling at the server. */
export interface UploadedFunction {
    slug: string;
    metadata: {
        name: string;
        entrypoint_path: string;
        import_map_path: string;
        verify_jwt: boolean;
    };
    files: Map<string, string>;
}

/** A Management API as small as `supabase functions deploy --use-api` needs it; it keeps what it was given. */
export interface ManagementApi {
    url: string;
    uploads: UploadedFunction[];
    /** Slugs of the last bulk update, which is what makes uploads live. */
    live: string[];
    /** Requests that the fake knows nothing of. */
    surprises: string[];
    stop(): Promise<void>;
}

/** Starts the fake on a free port of 127.0.0.1; `token` is the only access token it accepts. */
export async function startManagementApi(token: string, projectRef: string): Promise<ManagementApi> {
    const uploads: UploadedFunction[] = [];
    const live: string[] = [];
    const surprises: string[] = [];

    async function answer(request: Request): Promise<Response> {
        const url = new URL(request.url);
        const base = `/v1/projects/${projectRef}`;
        if (request.headers.get('authorization') !== `Bearer ${token}`) {
            return Response.json({ message: 'Unauthorized' }, { status: 401 });
        }
        if (request.method === 'POST' && url.pathname === `${base}/functions/deploy`) {
            const upload = await readUpload(url.searchParams.get('slug') ?? '', await request.formData());
            uploads.push(upload);
            return Response.json(deployed(upload.slug), { status: 201 });
        }
        if (request.method === 'PUT' && url.pathname === `${base}/functions`) {
            const functions = (await request.json()) as { slug: string }[];
            live.splice(0, live.length, ...functions.map(({ slug }) => slug));
            return Response.json({ functions: functions.map(({ slug }) => deployed(slug)) });
        }
        if (request.method === 'GET' && url.pathname === base) {
            return Response.json({ id: projectRef, ref: projectRef, name: 'fake' });
        }
        if (request.method === 'GET' && url.pathname === `${base}/functions`) return Response.json([]);
        surprises.push(`${request.method} ${url.pathname}`);
        return Response.json({ message: 'Not Found' }, { status: 404 });
    }

    const server = createServer((incoming, outgoing) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', async () => {
            const method = incoming.method ?? 'GET';
            const request = new Request(`http://127.0.0.1${incoming.url}`, {
                method,
                headers: incoming.headers as Record<string, string>,
                ...(method === 'GET' ? {} : { body: Buffer.concat(chunks) }),
            });
            const response = await answer(request);
            outgoing.writeHead(response.status, { 'content-type': 'application/json' });
            outgoing.end(await response.text());
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const stop = () =>
        new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
        });
    return { url: `http://127.0.0.1:${port}`, uploads, live, surprises, stop };
}

async function readUpload(slug: string, form: FormData): Promise<UploadedFunction> {
    const metadata = JSON.parse(await textOf(form.get('metadata')));
    const files = new Map<string, string>();
    for (const part of form.getAll('file')) {
        if (part instanceof File) files.set(part.name, await part.text());
    }
    return { slug, metadata, files };
}

async function textOf(part: FormDataEntryValue | null): Promise<string> {
    return part instanceof File ? await part.text() : (part ?? '');
}

function deployed(slug: string) {
    const at = Date.parse('2026-11-20T00:00:00Z');
    return {
        id: slug,
        slug,
        name: slug,
        status: 'ACTIVE',
        version: 1,
        created_at: at,
        updated_at: at,
        verify_jwt: false,
        entrypoint_path: `functions/${slug}/index.ts`,
    };
}
