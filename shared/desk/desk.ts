import { deliveriesDesk } from './deliveries.ts';
import { healthDesk } from './health.ts';
import { inboundDesk } from './inbound.ts';
import { jobsDesk } from './jobs.ts';
import { createCall, type RpcClient } from './rpc.ts';
import { slotsDesk } from './slots.ts';
import { turnsDesk } from './turns.ts';

export type { RpcClient };

/** All calls into Postgres, through a client with the secret key. Every method throws DeskError. */
export function createDesk(client: RpcClient) {
    const call = createCall(client);
    return {
        ...inboundDesk(call),
        ...jobsDesk(call),
        ...turnsDesk(call),
        ...deliveriesDesk(call),
        ...slotsDesk(call),
        ...healthDesk(call),
    };
}
export type Desk = ReturnType<typeof createDesk>;
