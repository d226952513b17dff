import * as z from 'zod/mini'
import { deliveryStates } from '../../../api/webhook-deliveries.ts'

/** What of a receiver's deliveries is shown: the address keeps it. */
export const deliveriesSearch = z.object({
  state: z.catch(z.optional(z.enum(deliveryStates)), undefined),
})
