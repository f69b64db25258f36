/** Tests of servers. A check never throws and never outlasts its deadline; what it saw is a result. */
package net.reroute.check;
