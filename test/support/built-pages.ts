import { buildWebPagesIfStale } from '../../bin/web-pages.ts'

/** Runs once before all tests: the pages that browsers see are those of the sources at hand. */
export function setup(): void {
  buildWebPagesIfStale()
}
