import { main } from '../src/main.ts'

// The server of `npm run dev`. bin/sidegate.js would build the pages first; here vite serves them.
await main(['serve'], { onReady: () => undefined })
