import { vendorCollection } from './collection.ts'

/** OAuth2 clients of a realm. Texts for people call them applications. */
export const applications = vendorCollection('realm-config/agents/OAuth2Client')
