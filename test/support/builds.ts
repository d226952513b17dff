import { serverModule } from '../../bin/server-bundle.ts'
import { buildWebPagesIfStale } from '../../bin/web-pages.ts'

/** Runs once before all tests: builds the pages and the server if their sources have changed. */
export async function setup(): Promise<void> {
  await buildWebPagesIfStale()
  await serverModule()
}
