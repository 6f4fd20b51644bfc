import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { supabaseCli } from './local/cli.ts';
import { inProject } from './local/paths.ts';
import { withScratchDatabase } from './local/scratch-database.ts';

const file = inProject('shared/database.types.ts');

/** The TypeScript types of the public schema, as the CLI generates them from a migrated database. */
export function generateTypes(databaseUrl: string): string {
    return supabaseCli(['gen', 'types', '--lang', 'typescript', '--schema', 'public'], databaseUrl);
}

/** True when shared/database.types.ts is what the CLI would write today. */
export function typesAreFresh(generated: string): boolean {
    return existsSync(file) && readFileSync(file, 'utf8') === generated;
}

/** `npm run types`: writes shared/database.types.ts from the migrations. */
export default async function main(): Promise<void> {
    await withScratchDatabase(async (databaseUrl) => writeFileSync(file, generateTypes(databaseUrl)));
    console.log('shared/database.types.ts is written.');
}
