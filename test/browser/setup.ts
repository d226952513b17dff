import { saveEvidenceOfFailures } from './evidence.ts'

saveEvidenceOfFailures()
