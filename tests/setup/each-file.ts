import ws from 'ws';

// supabase-js refuses to start without a WebSocket, which Node has only since 22.
globalThis.WebSocket ??= ws as unknown as typeof WebSocket;
