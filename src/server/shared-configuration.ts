import { withGlobalTemplates } from '../outbox/global-templates.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import { withBuiltInScripts } from '../scripts/built-in/built-in-scripts.ts'
import type { ScriptStore } from '../scripts/script-store.ts'
import { standardTemplate } from '../starters/samples.ts'

/** Adds the default configuration of every realm: global and standard email templates, and built-in scripts. */
export function withSharedConfiguration<All extends { documents: DocumentStore; scripts: ScriptStore }>(
  stores: All,
): All {
  return {
    ...stores,
    documents: withGlobalTemplates(stores.documents, standardTemplate),
    scripts: withBuiltInScripts(stores.scripts),
  }
}
