import { buildWebPagesIfStale } from '../../bin/web-pages.ts'

/** Runs once before all tests: builds the pages if their sources have changed. */
export function setup(): void {
  buildWebPagesIfStale()
}
