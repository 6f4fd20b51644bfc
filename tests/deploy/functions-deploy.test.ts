import { execFile } from 'node:child_process';
import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importGraph } from './import-graph.ts';
import { type ManagementApi, startManagementApi } from './management-api.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const token = `sbp_${'0123456789abcdef'.repeat(3).slice(0, 40)}`;
const projectRef = 'abcdefghijklmnopqrst';
const functionNames = readdirSync(join(root, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

let home: string;
let api: ManagementApi;

/** Runs the project's own CLI, with a profile that points it at the fake Management API. */
async function deploy(workdir: string): Promise<{ code: number; output: string }> {
    const args = [
        'functions',
        'deploy',
        '--use-api',
        '--yes',
        `--remote=${projectRef}`,
        '--workdir',
        workdir,
    ];
    const environment = {
        PATH: process.env.PATH,
        HOME: home,
        SUPABASE_HOME: home,
        SUPABASE_ACCESS_TOKEN: token,
        SUPABASE_NO_UPDATE_NOTIFIER: '1',
        SUPABASE_NO_KEYRING: '1',
        DO_NOT_TRACK: '1',
        // `config.toml` names them for Vault; a deployment of functions does not use them.
        FROSTDESK_FUNCTIONS_URL: 'http://127.0.0.1/functions/v1',
        FROSTDESK_BELL_TOKEN: 'not-used-by-a-deployment',
    };
    try {
        const { stdout, stderr } = await promisify(execFile)(
            join(root, 'node_modules/.bin/supabase'),
            [...args, '--profile', join(home, 'profile.yaml')],
            { cwd: workdir, env: environment, timeout: 60_000 },
        );
        return { code: 0, output: stdout + stderr };
    } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, output: `${stdout}${stderr}` };
    }
}

beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'frostdesk-deploy-'));
    api = await startManagementApi(token, projectRef);
    const profile = { name: 'fake', api_url: api.url, dashboard_url: api.url, project_host: 'fake.example' };
    writeFileSync(
        join(home, 'profile.yaml'),
        Object.entries(profile)
            .map(([key, value]) => `${key}: ${value}\n`)
            .join(''),
    );
});

afterAll(async () => {
    await api.stop();
    rmSync(home, { recursive: true, force: true });
});

describe('supabase functions deploy --use-api', () => {
    let result: { code: number; output: string };
    beforeAll(async () => {
        result = await deploy(root);
    }, 90_000);

    it('takes config.toml without an error or a warning', () => {
        expect(result.output).not.toMatch(/^(?:WARN|ERROR|Error)|\bdeprecated\b/m);
        expect(result.code).toBe(0);
    });

    it('uploads every function, makes all of them live, and asks for nothing else', () => {
        expect(api.uploads.map(({ slug }) => slug).sort()).toEqual([...functionNames].sort());
        expect([...api.live].sort()).toEqual([...functionNames].sort());
        expect(api.surprises).toEqual([]);
    });

    it.each(functionNames)('uploads %s with exactly the files it imports, as they are', (name) => {
        const upload = api.uploads.find(({ slug }) => slug === name);
        const { files } = importGraph(root, `functions/${name}/index.ts`);
        expect([...(upload?.files.keys() ?? [])].sort()).toEqual(['deno.json', ...files].sort());
        for (const [path, text] of upload?.files ?? []) {
            expect(text).toBe(readFileSync(join(root, path), 'utf8'));
        }
    });

    it.each(functionNames)('leaves authentication of %s to itself: no JWT is asked for', (name) => {
        const upload = api.uploads.find(({ slug }) => slug === name);
        expect(upload?.metadata).toMatchObject({
            name,
            entrypoint_path: `functions/${name}/index.ts`,
            import_map_path: 'deno.json',
            verify_jwt: false,
        });
    });

    it.each(functionNames)(
        'imports no package in %s that deno.json does not pin as package.json does',
        (name) => {
            const { imports } = JSON.parse(readFileSync(join(root, 'deno.json'), 'utf8'));
            const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
            for (const used of importGraph(root, `functions/${name}/index.ts`).packages) {
                const pinned =
                    Object.keys(imports).find((key) => used === key || used.startsWith(`${key}/`)) ?? '';
                expect(imports[pinned], used).toBe(`npm:${pinned}@${dependencies[pinned]}`);
            }
        },
    );

    it('uploads what stands alone: Deno type-checks it away from the repository', async () => {
        const elsewhere = join(home, 'uploaded');
        for (const { files } of api.uploads) {
            for (const [path, text] of files) {
                mkdirSync(dirname(join(elsewhere, path)), { recursive: true });
                writeFileSync(join(elsewhere, path), text);
            }
        }
        symlinkSync(join(root, 'node_modules'), join(elsewhere, 'node_modules'));
        cpSync(join(root, 'package.json'), join(elsewhere, 'package.json'));
        const entries = functionNames.map((name) => `functions/${name}/index.ts`);
        const check = promisify(execFile)(
            join(root, 'node_modules/.bin/deno'),
            ['check', '--quiet', '--node-modules-dir=manual', '--cached-only', ...entries],
            { cwd: elsewhere, timeout: 110_000 },
        );
        await expect(check).resolves.toMatchObject({ stderr: '' });
    }, 120_000);
});

describe('a broken config.toml', () => {
    it('is refused by the CLI, so that passing above means something', async () => {
        const workdir = join(home, 'broken');
        mkdirSync(join(workdir, 'supabase'), { recursive: true });
        writeFileSync(
            join(workdir, 'supabase/config.toml'),
            'project_id = "frostdesk"\n[api]\nport = "many"\n',
        );
        const { code, output } = await deploy(workdir);
        expect(code).not.toBe(0);
        expect(output).toMatch(/config/i);
    }, 90_000);
});
