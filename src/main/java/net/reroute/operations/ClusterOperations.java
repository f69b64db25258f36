package net.reroute.operations;

import java.io.IOException;
import net.reroute.cluster.ClusterReport;
import net.reroute.core.Actor;
import net.reroute.core.Endpoint;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;

/** What can be asked and told about controllers that stand in for each other. */
public interface ClusterOperations {

    /** The members as this one sees them. */
    ClusterReport report() throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Makes this controller the first member: it gets an authority for certificates, and one of its own.
     *
     * @return its name
     */
    String init(Actor by) throws RequestRefusedException, BadInventoryException, IOException;

    /** Makes a token with which a controller of the inventory can join, within an hour. Only at the leader. */
    String invite(String name, Actor by) throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Joins the cluster that a token is from.
     *
     * @param at where its leader listens
     * @return the name of this member
     */
    String join(Endpoint at, String token) throws RequestRefusedException, BadInventoryException, IOException;

    /** Ends a membership: the others do not listen to it any more. Only at the leader. */
    void remove(String name, Actor by) throws RequestRefusedException, BadInventoryException, IOException;

    /** Lets another member lead. Only at the leader. */
    void lead(String name) throws RequestRefusedException, BadInventoryException, IOException;
}
