import { serverModule } from '../bin/server-bundle.ts'
import { buildWebPagesIfStale } from '../bin/web-pages.ts'

// `npm run build`: what `npm start` does before it starts, for an image without build tools.
await buildWebPagesIfStale()
await serverModule()
