import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeOldChunks, serverModule } from '../bin/server-bundle.ts'
import { buildWebPagesIfStale } from '../bin/web-pages.ts'
import { thirdPartyLicences } from './third-party-licences.ts'

// `npm pack` and `npm publish` run this first: it builds what is stale, and writes the licences of the packages in the bundles.

const root = join(import.meta.dirname, '..')

await buildWebPagesIfStale()
await serverModule()
removeOldChunks()
writeFileSync(join(root, 'THIRD-PARTY-LICENSES'), thirdPartyLicences(root))
