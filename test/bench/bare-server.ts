/** The smallest Socket.IO server that says where it is: what a cold start is compared with. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
new Server(http);
http.listen(0, '127.0.0.1', () => console.log(`Socket.IO is at http://127.0.0.1:${JSON.stringify(http.address())}`));
