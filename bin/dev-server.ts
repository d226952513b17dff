import { main } from '../src/main.ts'

// A server that runs the sources: the one of `npm run dev`, whose pages vite serves. bin/sidegate.js builds first.
await main(['serve'], { onReady: () => undefined })
